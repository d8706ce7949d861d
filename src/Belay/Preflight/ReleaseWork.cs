namespace Belay.Preflight;

/// <summary>What of a release changes something, and what a finding may stop of it.</summary>
[Flags]
internal enum ReleaseWork
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Taking a backup.</summary>
    Backup = 1,

    /// <summary>Migrating, and rolling back.</summary>
    Migration = 2,

    /// <summary>Both.</summary>
    All = Backup | Migration,
}
