using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Gate;

/// <summary>Tells the server that a backup was taken on from a physical copy of its cluster, which has the same identifier,
/// oids and names.</summary>
/// <remarks>https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-TIMELINES for timelines; a copy that was never
/// promoted keeps its own.</remarks>
internal static class SameServer
{
    /// <summary>Why the backup is of another database or of another copy of it, as a clause; null when it is of this one.</summary>
    public static string? Fault(BackupManifest backup, GateTarget target)
        => Identity(backup.Database, target.Database) ?? (backup.Origin is { } origin
            ? Log(backup, target.Server) ?? Running(backup, origin, target)
            : $"its manifest has format {backup.Format}, which does not say on which server it was taken; take a new backup");

    private static string? Identity(DatabaseIdentity found, DatabaseIdentity wanted)
    {
        if (found == wanted)
        {
            return null;
        }

        var readable = found.SystemIdentifier == DatabaseReader.UnknownSystem || wanted.SystemIdentifier == DatabaseReader.UnknownSystem
            ? "; take the backup as the role that migrates, so that both read the same identifier"
            : "";
        return $"it is of another database: {found}{readable}";
    }

    private static string? Log(BackupManifest backup, ServerPosition server)
        => server.IsBefore(backup.SnapshotLsn)
            ? $"its snapshot is at {backup.SnapshotLsn} of the write-ahead log, and this server's log ends at {server.Lsn}: it was taken "
                + $"on a copy of the cluster ({backup.Origin!.Address})"
            : backup.Origin!.Timeline is { } then && server.Origin.Timeline is { } now && then != now
                ? $"its snapshot is on timeline {then} of the write-ahead log, and this server is on {now}: it was taken on another copy "
                    + "of the cluster, or before a promotion"
                : null;

    private static string? Running(BackupManifest backup, ServerOrigin origin, GateTarget target)
    {
        var here = target.Server.Origin;
        if (origin.StartedUtc == here.StartedUtc)
        {
            return null;
        }

        var both =
            $"{origin.Address}, started {Quantity.Utc(origin.StartedUtc)}; this one is {here.Address}, started "
                + $"{Quantity.Utc(here.StartedUtc)}";
        return here.StartedUtc <= backup.SnapshotUtc ? $"it was taken on another server, a standby or a copy of the cluster ({both})"
            : target.Database.SystemIdentifier == DatabaseReader.UnknownSystem
                ? $"nobody may read the cluster's identifier, and it was taken before the server was started, or on another one ({both})"
            : !IsSameAddress(origin.Address, here.Address) ? $"it was taken before the server was started, at another address ({both})"
            : null;
    }

    /// <summary>A Unix socket has no address of its own.</summary>
    private static bool IsSameAddress(string one, string other)
        => one == other
            || ((one.StartsWith("socket:", StringComparison.Ordinal) || other.StartsWith("socket:", StringComparison.Ordinal))
                && Port(one) == Port(other));

    private static string Port(string address) => address[(address.LastIndexOf(':') + 1)..];
}
