using Belay.Settings;

namespace Belay.Backups.Taking;

/// <summary>What to back up, and how.</summary>
public sealed record BackupRequest
{
    /// <summary>The database.</summary>
    public required DatabaseTarget Database { get; init; }

    /// <summary>Lock wait, codec, retention, row counts.</summary>
    public BackupSettings Settings { get; init; } = new();

    /// <summary>Where, with several workers, what the store is behind lies while the dump runs; nothing stays behind. The default is the
    /// system's folder for temporary files.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();
}
