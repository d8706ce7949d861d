namespace Belay.Monitoring;

/// <summary>The names of all metrics.</summary>
internal static class MetricNames
{
    public const string BackupAge = "belay_backup_age_seconds";
    public const string BackupTime = "belay_backup_timestamp_seconds";
    public const string BackupSize = "belay_backup_size_bytes";
    public const string BackupProof = "belay_backup_proof_level";
    public const string Backups = "belay_backups";
    public const string Migrations = "belay_migrations";
    public const string StatusTime = "belay_status_timestamp_seconds";
    public const string StatusExitCode = "belay_status_exit_code";
    public const string ReleaseDuration = "belay_release_duration_seconds";
    public const string ReleaseTime = "belay_release_timestamp_seconds";
    public const string ReleaseExitCode = "belay_release_exit_code";
    public const string ReleaseMigrations = "belay_release_migrations";

    /// <summary>Those that Status writes, all of them anew each time.</summary>
    public static IReadOnlyList<string> OfStatus { get; } =
        [BackupAge, BackupTime, BackupSize, BackupProof, Backups, Migrations, StatusTime, StatusExitCode];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. OfStatus, ReleaseDuration, ReleaseTime, ReleaseExitCode, ReleaseMigrations];
}
