namespace Nuke.Common.Execution;

/// <summary>The command line, the environment or a parameter file is wrong. Nothing has run.</summary>
/// <param name="faults">Every fault that was found, one text each.</param>
/// <param name="hint">What to type next.</param>
internal sealed class UsageException(IReadOnlyList<string> faults, string hint) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>The process's exit code.</summary>
    public const int ExitCode = 2;

    /// <summary>What to type next.</summary>
    public string Hint { get; } = hint;
}
