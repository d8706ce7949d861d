using System.Text.RegularExpressions;

namespace Belay.Backups.Proving;

/// <summary>What pg_restore was at when it failed, and why, from its own words.</summary>
/// <param name="Entry">The entry of the table of contents, for example <c>CONSTRAINT public numbers
/// numbers_check owner</c>; null when it names none.</param>
/// <param name="Command">The first line of the command that failed; null when it tells none.</param>
internal sealed partial record RestoreFailure(string? Entry, string Reason, string? Command)
{
    /// <summary>What pg_restore is told besides its target. Only with <c>--verbose</c> it names the entry that it was at.</summary>
    public static readonly string[] Options = ["--exit-on-error", "--no-password", "--no-tablespaces", "--verbose"];

    /// <summary>What a server says, or pg_restore of it, when it or its disk gives out, which says nothing of the dump.</summary>
    private static readonly string[] ServerSigns =
    [
        "No space left on device",
        "could not extend file",
        "could not write",
        "out of memory",
        "out of shared memory",
        "could not resize shared memory",
        "server closed the connection",
        "terminating connection",
        "connection to server",
        "could not connect to server",
        "the database system is",
        "could not fork",
        "a worker process died unexpectedly",
    ];

    private static readonly string[] MissingSigns =
    [
        "could not open extension control file", "is not available", "could not access file", "could not load library",
    ];

    /// <summary>Whether the server ended or refused a session, which it does for no object. The default is no.</summary>
    public bool IsFatal { get; init; }

    /// <summary>Whether the scratch server or its disk failed.</summary>
    public bool IsOfServer => IsFatal || ServerSigns.Any(sign => Said.Contains(sign, StringComparison.Ordinal));

    /// <summary>Whether something that the dump names is not installed here.</summary>
    public bool IsMissingSoftware => MissingSigns.Any(sign => Said.Contains(sign, StringComparison.Ordinal));

    /// <summary>The server's own words: the database chose its names, which stand in quotation marks and may have some, and the values in a
    /// detail.</summary>
    private string Said => NamePattern().Replace(Reason.Split("\nDETAIL: ")[0], "\"\"");

    /// <summary>Reads pg_restore's error output.</summary>
    public static RestoreFailure Read(string errors)
    {
        var entry = EntryPattern().Match(errors);
        var reason = ServerPattern().Match(errors) is { Success: true } said ? said : OwnPattern().Match(errors);
        var command = CommandPattern().Match(errors);
        return new RestoreFailure(
            entry.Success ? entry.Groups["entry"].Value.Trim() : null,
            reason.Success ? reason.Groups["reason"].Value.Trim() : errors.Trim(),
            command.Success ? command.Groups["command"].Value.Trim() : null)
        {
            IsFatal = reason.Groups["severity"].Value is "FATAL" or "PANIC",
        };
    }

    /// <summary>Whether a line of its error output is more than progress, which <c>--verbose</c> brings too, with the names of all
    /// objects.</summary>
    public static bool IsTelling(string line) => !line.StartsWith("pg_restore: ", StringComparison.Ordinal) || Telling().IsMatch(line);

    public override string ToString()
        => (Entry is null ? "" : $"{Entry}: ") + Reason + (Command is null ? "" : $"\nCommand was: {Command}");

    /// <summary>Up to version 11 in brackets: <c>[archiver (db)] Error from TOC entry</c>.</summary>
    [GeneratedRegex("from TOC entry [0-9]+; [0-9]+ [0-9]+ (?<entry>[^\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex EntryPattern();

    /// <summary>Up to version 11 what failed had brackets before it, and no severity.</summary>
    [GeneratedRegex(@"^pg_restore: (error|warning|fatal|detail|hint|from TOC entry|\[)", RegexOptions.ExplicitCapture)]
    private static partial Regex Telling();

    [GeneratedRegex("Command was: (?<command>[^\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex CommandPattern();

    [GeneratedRegex("\".*\"")]
    private static partial Regex NamePattern();

    /// <summary>The server's error with its detail.</summary>
    [GeneratedRegex("(?<severity>ERROR|FATAL|PANIC): *(?<reason>[^\n]+(\nDETAIL: [^\n]+)?)", RegexOptions.ExplicitCapture)]
    private static partial Regex ServerPattern();

    [GeneratedRegex("pg_restore: error: (?<reason>[^\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex OwnPattern();
}
