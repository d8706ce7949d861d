namespace Belay.Reporting;

/// <summary>How a run ended.</summary>
internal enum ReleaseOutcome
{
    /// <summary>Everything that was asked for is done.</summary>
    Succeeded,

    /// <summary>A step refused or failed; the exit code and the message say which.</summary>
    Failed,

    /// <summary>Stopped by a signal.</summary>
    Cancelled,
}
