using System.Text.RegularExpressions;

namespace Belay.Backups;

/// <summary>How a PostgreSQL program ended.</summary>
/// <param name="ExitCode">Its exit code; 0 for success.</param>
/// <param name="Errors">What it wrote to stderr, trimmed, secrets masked.</param>
internal sealed partial record ProgramOutcome(int ExitCode, string Errors)
{
    /// <summary>Whether a signal ended it, which says nothing of its data.</summary>
    public bool WasKilled => ExitCode > 128 || WasInterrupted;

    /// <summary>Whether it was asked to end, by a signal that a terminal or a service manager sends to all of a run's processes.</summary>
    public bool WasInterrupted => ExitCode is ExitCodes.HungUp or ExitCodes.Interrupted or ExitCodes.Terminated
        || (ExitCode == 1 && TellsInterruption(Errors.Split('\n')[^1]));

    /// <summary>Whether this is what pg_dump and pg_restore, and of Ctrl+C pg_amcheck, say last after such a signal, before they end as
    /// after any fault. In the middle of a line it may be a name that the database chose. They write it in three pieces, and their
    /// workers, and others in between.</summary>
    public static bool TellsInterruption(string line) => Interruption().IsMatch(line);

    /// <summary>The outcome as a sentence's end.</summary>
    public string Describe() => WasKilled && Errors.Length == 0
        ? $"was ended by signal {ExitCode - 128}"
        : $"ended with exit code {ExitCode}{(Errors.Length == 0 ? " and no message" : ":\n" + Errors)}";

    [GeneratedRegex("^((pg_dump|pg_restore|[: ])*terminated by user|Cancel request sent)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Interruption();
}
