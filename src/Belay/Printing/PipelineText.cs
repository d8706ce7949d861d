namespace Belay.Printing;

/// <summary>Texts as they stand in a service's commands.</summary>
internal sealed class PipelineText(PipelineService service)
{
    private static readonly (string Sign, string Written)[] OfGitHub = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")];
    private static readonly (string Sign, string Written)[] OfAzure = [("%", "%AZP25"), ("\r", "%0D"), ("\n", "%0A")];

    /// <summary>A text behind a command: secrets masked, nothing in it that steers, on one line.</summary>
    public string Message(string text)
    {
        var harmless = HarmlessText.Of(text);
        return service switch
        {
            PipelineService.GitHub => Escape(harmless, OfGitHub),
            PipelineService.Azure => Escape(harmless, OfAzure),
            _ => harmless.ReplaceLineEndings(" "),
        };
    }

    /// <summary>A value inside a command.</summary>
    public string Property(string text) => service switch
    {
        PipelineService.GitHub => Escape(Message(text), [(":", "%3A"), (",", "%2C")]),
        PipelineService.Azure => Escape(Message(text), [(";", "%3B"), ("]", "%5D")]),
        _ => Message(text),
    };

    private static string Escape(string text, (string Sign, string Written)[] signs)
        => signs.Aggregate(text, (written, one) => written.Replace(one.Sign, one.Written, StringComparison.Ordinal));
}
