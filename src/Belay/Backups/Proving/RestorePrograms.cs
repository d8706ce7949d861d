using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Proving;

/// <summary>Which pg_restore can restore which dump into which server, known before anything is downloaded.</summary>
internal static class RestorePrograms
{
    /// <summary>The first whose pg_restore sets <c>transaction_timeout</c>, which no server before it knows.</summary>
    private const int FirstWithTransactionTimeout = 17;

    /// <summary>The last of those that write archives of the same version, 1.14.</summary>
    private const int LastWithOldArchive = 15;

    /// <summary>Why programs cannot restore a dump into a server, and what to do; null when they can.</summary>
    /// <param name="server">The major version of the server that it is restored into.</param>
    public static (string Fault, string Hint)? FindFault(PostgresTools tools, BackupManifest manifest, int server)
    {
        var dump = MajorOf(manifest.ToolVersion);
        if (Archive(tools.Major) < Archive(dump))
        {
            return (
                $"Backup {manifest.Id} was written by pg_dump {manifest.ToolVersion}, and pg_restore {tools.Version} of {tools.Folder} "
                    + "cannot read its archive",
                $"Install the package postgresql-client-{dump}, or set PG_BIN to the folder that has it.");
        }

        if (tools.Major < FirstWithTransactionTimeout || server >= FirstWithTransactionTimeout)
        {
            return null;
        }

        return dump < FirstWithTransactionTimeout
            ? (
                $"pg_restore {tools.Version} of {tools.Folder} sets transaction_timeout, which a server of PostgreSQL {server} does not "
                    + "know",
                $"Install the package postgresql-client-{dump}, which wrote backup {manifest.Id}, or set PG_BIN to the folder that has it.")
            : (
                $"Backup {manifest.Id} was written by pg_dump {manifest.ToolVersion}: older ones cannot read its archive, and pg_restore "
                    + $"from 17 on sets transaction_timeout, which a server of PostgreSQL {server} does not know",
                $"Install the package postgresql-client-{server}, with which the next backup is written. This one restores into a server "
                    + "of version 17 or newer, or by hand: docs/backups.md, \"Restoring by hand\".");
    }

    /// <summary>The best of the programs for a dump and a server: those that can, and of them the nearest to what wrote it. Where none can,
    /// the newest, which will be refused with the reason.</summary>
    public static PostgresTools Choose(IReadOnlyList<PostgresTools> found, BackupManifest manifest, int server)
        => found.Where(tools => FindFault(tools, manifest, server) is null)
            .MinBy(tools => Math.Abs(tools.Major - MajorOf(manifest.ToolVersion))) ?? found.MaxBy(tools => tools.Major)!;

    /// <summary>The major version in a version's text.</summary>
    public static int MajorOf(string version) => new PostgresTools("", version, HasServer: false).Major;

    private static int Archive(int major) => Math.Clamp(major, LastWithOldArchive, FirstWithTransactionTimeout);
}
