namespace Belay.Notices;

/// <summary>A message of Slack's incoming webhooks.</summary>
/// <remarks>What others wrote stands in plain text alone, where Slack knows neither markup nor mentions nor emoji. The notification, which
/// has no plain form, gets its title with the three characters escaped that Slack reads.</remarks>
internal static class SlackMessage
{
    private const int MostFields = 10;

    /// <summary>The message, to be serialized.</summary>
    public static object Of(Notice notice) => new { Text = Escaped(notice.Title), Blocks = Blocks(notice) };

    private static IEnumerable<object> Blocks(Notice notice)
    {
        yield return new { Type = "header", Text = Plain(notice.Title) };
        if (notice.Message is { } message)
        {
            yield return new { Type = "section", Text = Plain(message) };
        }

        yield return new
        {
            Type = "section",
            Fields = notice.Facts.Take(MostFields).Select(fact => Plain($"{fact.Name}\n{fact.Value}")),
        };
    }

    private static object Plain(string text) => new { Type = "plain_text", Text = text, Emoji = false };

    private static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
