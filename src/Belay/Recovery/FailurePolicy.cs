namespace Belay.Recovery;

/// <summary>What a release does when Verify or SmokeTest fails behind migrations that are committed.</summary>
internal enum FailurePolicy
{
    /// <summary>Nothing goes back by itself; both ways are named.</summary>
    Stop,

    /// <summary>The rollback scripts of this release run, which its rehearsal ran.</summary>
    Rollback,

    /// <summary>The backup behind this release is restored, which its rehearsal restored.</summary>
    Restore,
}
