using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Postgres;
using Belay.Preflight;

namespace Belay.Releases;

/// <summary>Finds PostgreSQL's programs where preflight did not run.</summary>
internal static class ToolSearch
{
    /// <summary>The newest set of programs on this machine.</summary>
    /// <exception cref="PreflightException">There is none.</exception>
    public static async Task<PostgresTools> NewestAsync(CancellationToken cancellationToken)
        => await PostgresInstallations.FindAsync(cancellationToken) is [var newest, ..]
            ? newest
            : throw Missing();

    /// <summary>The programs of the version that wrote a dump, else the nearest newer ones: they read it, and of all that do they are the
    /// likeliest to set nothing that the server does not know. Where there are only older ones, the newest of those, which will
    /// tell.</summary>
    /// <param name="version">The version text of the pg_dump that wrote it.</param>
    /// <exception cref="PreflightException">There are none.</exception>
    public static async Task<PostgresTools> ForDumpAsync(string version, CancellationToken cancellationToken)
    {
        var found = await PostgresInstallations.FindAsync(cancellationToken);
        var least = MajorOf(version);
        return found is [var newest, ..]
            ? found.Where(tools => tools.Major >= least).MinBy(tools => tools.Major) ?? newest
            : throw Missing();
    }

    /// <summary>The programs that restore a backup into a server of its own version.</summary>
    /// <exception cref="PreflightException">There are none.</exception>
    public static async Task<PostgresTools> ForRestoreAsync(BackupManifest backup, CancellationToken cancellationToken)
        => await PostgresInstallations.FindAsync(cancellationToken) is { Count: > 0 } found
            ? RestorePrograms.Choose(found, backup, MajorOf(backup.ServerVersion))
            : throw Missing();

    /// <summary>The major version in a version's text, for example 15 in <c>15.18</c>.</summary>
    public static int MajorOf(string version) => new PostgresTools("", version, HasServer: false).Major;

    private static PreflightException Missing() => new(
        [
            new Finding(
                FindingSeverity.Refusal,
                "No pg_dump and pg_restore were found on this machine",
                "install PostgreSQL's client programs, or name their folder in PG_BIN"),
        ]);
}
