using Belay.Layouts;

namespace Belay.Migrations;

/// <summary>How migrations are found and run.</summary>
public sealed record MigrationSettings
{
    /// <summary>The folder with the scripts, as an absolute path.</summary>
    public required string Folder { get; init; }

    /// <summary>The layout of the folder, one of <see cref="MigrationFolder.LayoutNames"/>. The default is to recognise it.</summary>
    public string Layout { get; init; } = MigrationFolder.AutomaticLayout;

    /// <summary>The longest wait for one lock, per attempt. The default is 3 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest wait of CREATE INDEX CONCURRENTLY and the like, which wait for every older transaction.
    /// The default is 10 minutes.</summary>
    public TimeSpan ConcurrentLockTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The total time to spend on retries for locks. The default is 5 minutes.</summary>
    public TimeSpan LockBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest run of one statement. The default is 15 minutes.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait for another runner. The default is 5 minutes.</summary>
    public TimeSpan RunnerWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A waiting attempt gives up its place when more sessions than this wait behind it. The default is 10.</summary>
    public int MaximumVictims { get; init; } = 10;

    /// <summary>Migrations after this version stay pending; null for all.</summary>
    public decimal? TargetVersion { get; init; }

    /// <summary>Whether every migration that is to run must have a check that expects something. The default is no.</summary>
    public bool RequireChecks { get; init; }

    /// <summary>Whether a file that sorts before an applied one may run. The default is no.</summary>
    public bool AllowOutOfOrder { get; init; }
}
