namespace Belay.Notices;

/// <summary>An adaptive card in the message that a workflow of Microsoft Teams takes, which begins "When a Teams webhook request is
/// received".</summary>
/// <remarks>Everything stands in text runs, in which Teams reads no markup; a text block would take foreign text for Markdown.</remarks>
internal static class TeamsCard
{
    /// <summary>The message, to be serialized.</summary>
    public static object Of(Notice notice) => new Dictionary<string, object?>
    {
        ["type"] = "message",
        ["attachments"] = new[]
        {
            new Dictionary<string, object?>
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = new Dictionary<string, object?>
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["msteams"] = new { Width = "Full" },
                    ["body"] = Body(notice),
                },
            },
        },
    };

    private static IEnumerable<object> Body(Notice notice)
    {
        yield return Block(new
        {
            Type = "TextRun", Text = notice.Title, Weight = "bolder", Size = "large", Color = ColourOf(notice.Event),
        });
        if (notice.Message is { } message)
        {
            yield return Block(Run(message, isHead: false));
        }

        foreach (var (name, value) in notice.Facts)
        {
            yield return Block(Run($"{name}: ", isHead: true), Run(value, isHead: false));
        }
    }

    private static object Block(params object[] runs) => new { Type = "RichTextBlock", Inlines = runs };

    private static object Run(string text, bool isHead) => new { Type = "TextRun", Text = text, Weight = isHead ? "bolder" : "default" };

    private static string ColourOf(NoticeEvent what) => what switch
    {
        NoticeEvent.Succeeded => "good",
        NoticeEvent.Failed => "attention",
        NoticeEvent.Cancelled => "warning",
        _ => "default",
    };
}
