using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Proving;

/// <summary>Tells a pg_restore that cannot read an archive from an archive that cannot be read, and a
/// server that cannot take it from both.</summary>
internal static class RestoreFaults
{
    private static readonly string[] Signs = ["unsupported version (", "does not support compression", "not built with"];

    /// <summary>Throws when pg_restore's end says nothing of the archive: it was killed, is too old for
    /// it or was built without its codec.</summary>
    /// <exception cref="BackupException">Nothing is known of the dump.</exception>
    public static void DemandReadable(PostgresTools tools, BackupManifest manifest, ProgramOutcome outcome)
    {
        if (outcome.WasKilled)
        {
            throw new BackupException(
                $"The dump '{manifest.ObjectName}' was not read back: pg_restore {outcome.Describe()}",
                "Nothing is known of the dump; run the command again.");
        }

        if (outcome.ExitCode != 0 && Signs.Any(sign => outcome.Errors.Contains(sign, StringComparison.Ordinal)))
        {
            throw new BackupException(
                $"Backup {manifest.Id} was written by pg_dump {manifest.ToolVersion} as {manifest.Codec}; pg_restore {tools.Version} of "
                    + $"{tools.Folder} cannot read that: it {outcome.Describe()}",
                "Nothing is known of the dump. Install the PostgreSQL client that wrote it, or set PG_BIN to the folder that has it.");
        }
    }

    /// <summary>Throws when pg_restore did not restore everything. To be called when all bytes were
    /// downloaded and are those that were written.</summary>
    /// <exception cref="BackupException">It does not restore here.</exception>
    public static void DemandRestored(RestorePlace place, PostgresTools tools, BackupManifest manifest, ProgramOutcome outcome)
    {
        if (outcome.ExitCode == 0)
        {
            return;
        }

        if (outcome.WasKilled)
        {
            throw new BackupException($"Backup {manifest.Id} was not restored to its end: pg_restore {outcome.Describe()}", place.Hint);
        }

        DemandReadable(tools, manifest, outcome);
        var failure = RestoreFailure.Read(outcome.Errors);
        if (failure.IsOfServer)
        {
            throw new BackupException(
                $"Backup {manifest.Id} was not restored to its end: {place.Server} or its disk gave out: {failure}", place.Hint);
        }

        throw new BackupException(
            $"Backup {manifest.Id} does not restore into an empty database: {failure}\nThe rows are in the dump: its bytes are those that "
                + "pg_dump wrote.",
            failure.IsMissingSoftware
                ? $"Install on this machine, for PostgreSQL {tools.Major}, what the message says is missing; then run the command again."
                : "Mend in the database what the message names, or restore without it: docs/backups.md, \"Restoring by hand\", goes on "
                    + "after an error.");
    }
}
