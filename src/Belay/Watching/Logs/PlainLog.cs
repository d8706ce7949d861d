using System.Text.RegularExpressions;

namespace Belay.Watching.Logs;

/// <summary>Reads the log for people, whose lines begin as <c>log_line_prefix</c> says.</summary>
internal static partial class PlainLog
{
    public const string Name = "stderr";

    public static (IReadOnlyList<LogEntry> Entries, int Length) Read(string text)
    {
        var length = text.LastIndexOf('\n') + 1;
        var messages = Error().Matches(text[..length]).Select(match => match.Groups["message"].Value.TrimEnd('\r'));
        return ([.. messages.Select(message => new LogEntry(null, message))], length);
    }

    [GeneratedRegex(@"^(?!\t).*?(?:ERROR|PANIC):  (?<message>.+)$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
