using Belay.Backups.Catalogue;
using Belay.Servers;

namespace Belay.Gate;

/// <summary>The permit for a copy: a throw-away server needs no backup, and nothing but one can be named here.</summary>
internal static class RehearsalPermit
{
    /// <summary>The permit for a database of a scratch server.</summary>
    /// <param name="server">The server, which lives for the rehearsal alone.</param>
    /// <param name="backup">The backup that was restored into it.</param>
    /// <exception cref="GateException">The database is of another server.</exception>
    public static BackupProof Of(IScratchServer server, BackupManifest backup, GateTarget target)
    {
        ArgumentNullException.ThrowIfNull(server);
        var copy = backup with
        {
            Database = target.Database,
            Origin = target.Server.Origin,
            SnapshotLsn = null,
            SnapshotUtc = DateTimeOffset.MaxValue,
        };
        return server.Has(target.Database, target.Server.Origin.Address)
            ? new BackupProof(copy, copy.EndedUtc)
            : throw new GateException($"{target.Database} is not of the scratch server.", "./build.sh Rehearse");
    }
}
