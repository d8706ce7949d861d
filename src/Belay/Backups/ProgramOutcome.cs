namespace Belay.Backups;

/// <summary>How a PostgreSQL program ended.</summary>
/// <param name="ExitCode">Its exit code; 0 for success.</param>
/// <param name="Errors">What it wrote to stderr, trimmed, secrets masked.</param>
internal sealed record ProgramOutcome(int ExitCode, string Errors)
{
    /// <summary>The outcome as a sentence's end.</summary>
    public string Describe() => ExitCode > 128 && Errors.Length == 0
        ? $"was ended by signal {ExitCode - 128}"
        : $"ended with exit code {ExitCode}{(Errors.Length == 0 ? " and no message" : ":\n" + Errors)}";
}
