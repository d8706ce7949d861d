using System.ComponentModel;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Servers;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Tells faults of the place where a backup is tried out from faults of the backup: they are never held against it.</summary>
internal static class ScratchFaults
{
    /// <summary>Whether an exception is a fault of this machine: its disks, its scratch server, its programs. What the store or the dump
    /// does wrong has types of its own.</summary>
    public static bool Is(Exception fault)
        => fault is IOException
            or UnauthorizedAccessException
            or PostgresServerException
            or DatabaseUnreachableException
            or NpgsqlException
            or Win32Exception;

    /// <summary>A fault of a server that others run.</summary>
    public static BackupException Explain(BackupManifest manifest, RestorePlace place, Exception fault)
        => new($"Backup {manifest.Id} could not be tried out on {place.Server}: {fault.Message.TrimEnd('.')}.", place.Hint, fault);

    /// <summary>A fault of this machine.</summary>
    public static BackupException Explain(BackupManifest manifest, string folder, Exception fault)
    {
        var hint = (fault as BelayException)?.Hint is { } own && fault is PostgresServerException ? $" ({own})" : "";
        return new BackupException(
            $"Backup {manifest.Id} could not be tried out on this machine: {fault.Message.TrimEnd('.')}.",
            $"Nothing is known of the dump, and its proof stays as it was. See that {folder} and {Path.GetTempPath()} (TMPDIR) are there, "
                + $"can be written and have room{hint}; then run the command again.",
            fault);
    }
}
