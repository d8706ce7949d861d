using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Postgres;

namespace Belay.IntegrationTests.Support;

/// <summary>What the gate is asked for, in tests.</summary>
internal static class GateTargets
{
    /// <summary>The database that a backup is of, on the server that it was taken on.</summary>
    public static GateTarget Of(BackupManifest manifest, DateTimeOffset? lastMigration = null) => new()
    {
        Database = manifest.Database,
        Server = new ServerPosition(manifest.Origin!, manifest.SnapshotLsn),
        LastChange = lastMigration is { } at ? new LastChange(at, "the last migration") : null,
    };

    /// <summary>A database as it is.</summary>
    public static async Task<GateTarget> ReadAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync(Token);
        return await GateTargetReader.ReadAsync(connection, Token);
    }
}
