namespace Belay.Preflight;

/// <summary>One thing that preflight found.</summary>
/// <param name="Severity">Whether it stops the release.</param>
/// <param name="Message">What is so, on what, with which value.</param>
/// <param name="Hint">What to do; null when nothing needs doing.</param>
internal sealed record Finding(FindingSeverity Severity, string Message, string? Hint = null)
{
    /// <summary>What a refusal stops. The default is all: a run that does nothing of it goes on.</summary>
    public ReleaseWork Stops { get; init; } = ReleaseWork.All;

    /// <summary>The message, with the targets that a refusal stops where it does not stop all.</summary>
    public string Text => (Severity, Stops) switch
    {
        (FindingSeverity.Refusal, ReleaseWork.Migration) => $"{Message} (stops Migrate and Rollback; ./build.sh Backup goes through)",
        (FindingSeverity.Refusal, ReleaseWork.Backup) =>
            $"{Message} (stops Backup; with a proven backup, ./build.sh Migrate --skip Backup goes through)",
        _ => Message,
    };

    /// <summary>Whether it stops a run.</summary>
    public bool Refuses(ReleaseWork work) => Severity == FindingSeverity.Refusal && (Stops & work) != ReleaseWork.None;
}
