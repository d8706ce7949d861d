namespace Belay.Local;

/// <summary>What a run of the local profile is told.</summary>
public sealed record LocalOptions
{
    /// <summary>The checkout's root; the parts live below <c>.nuke/temp/local</c> in it.</summary>
    public required string RootFolder { get; init; }

    /// <summary>Where the parts say that they start and stop.</summary>
    public required IReleaseOutput Output { get; init; }

    /// <summary>The clock for waiting. The default is the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long to wait for another run of the local profile in the same checkout. The default is 2 minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}
