namespace Nuke.Common.Execution;

/// <summary>Where a target stands.</summary>
public enum ExecutionStatus
{
    /// <summary>It will run.</summary>
    Scheduled,

    /// <summary>It was to run, but another failed before.</summary>
    NotRun,

    /// <summary>It was left out on purpose.</summary>
    Skipped,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>It threw an exception.</summary>
    Failed,

    /// <summary>It has no actions and stands for its dependencies.</summary>
    Collective,
}
