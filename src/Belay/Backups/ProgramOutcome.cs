namespace Belay.Backups;

/// <summary>How a PostgreSQL program ended.</summary>
/// <param name="ExitCode">Its exit code; 0 for success.</param>
/// <param name="Errors">What it wrote to stderr, trimmed, secrets masked.</param>
internal sealed record ProgramOutcome(int ExitCode, string Errors)
{
    /// <summary>Whether a signal ended it, which says nothing of its data.</summary>
    public bool WasKilled => ExitCode > 128;

    /// <summary>The outcome as a sentence's end.</summary>
    public string Describe() => WasKilled && Errors.Length == 0
        ? $"was ended by signal {ExitCode - 128}"
        : $"ended with exit code {ExitCode}{(Errors.Length == 0 ? " and no message" : ":\n" + Errors)}";
}
