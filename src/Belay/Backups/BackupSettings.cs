namespace Belay.Backups;

/// <summary>How a backup is taken and proven.</summary>
public sealed record BackupSettings
{
    /// <summary>The proof that the gate demands and that Backup reaches. The default is <see cref="ProofLevel.Readback"/>.</summary>
    public ProofLevel RequiredLevel { get; init; } = ProofLevel.Readback;

    /// <summary>How old a proven backup may be when a migration starts. The default is 60 minutes.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>How long pg_dump waits for its table locks. The default is 30 seconds.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The codec as the user wrote it, <c>zstd|gzip|native|native:zstd|none[:level]</c>; null for <c>zstd:1</c>.</summary>
    public string? Compression { get; init; }

    /// <summary>How many workers pg_dump has, each with a connection of its own. The default is 1: one archive through one pipe; more make
    /// a dump of many objects.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>How long a backup is kept; the manifest's keepUntil is its end plus this. The default is 7 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether the store must refuse to change or delete the dump until the backup's keepUntil. The default is no;
    /// Azure only.</summary>
    public bool Immutable { get; init; }

    /// <summary>Databases larger than this get no exact row counts, and the manifest says so. In bytes;
    /// the default is 100 GiB; 0 counts none.</summary>
    public long RowCountLimit { get; init; } = 100L << 30;

    /// <summary>How old the newest proven backup may be when Status is asked; zero for any age.</summary>
    internal TimeSpan MaximumAgeForStatus { get; init; }
}
