using Belay.Backups.Catalogue;
using Belay.Postgres;

namespace Belay.Backups.Archive;

/// <summary>Compares what an archive says it holds with what it should hold.</summary>
internal static class TableOfContents
{
    /// <summary>What pg_restore says of a table of contents that goes on behind what it is given; any other fault is no matter of its
    /// length.</summary>
    private const string Cut = "could not read from input file: end of file";

    /// <summary>Lists a directory, or an archive by its head, and demands every table of the live catalogue in it, and the rows of every
    /// table that has any.</summary>
    /// <returns>The fact for the manifest.</returns>
    /// <exception cref="BackupException">A table or its rows are missing, or the head is no archive.</exception>
    public static async Task<string> CompareAsync(
        PostgresTools tools,
        (string? Folder, ArchiveHead? Head) archive,
        IReadOnlyList<BackupTable> tables,
        CancellationToken cancellationToken)
    {
        var entries = new ArchiveEntries();
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments = archive.Folder is null ? ["--list"] : ["--list", archive.Folder],
            Feed = archive.Head is null ? null : archive.Head.FeedAsync,
            Take = entries.ReadAsync,
        }.RunAsync(cancellationToken);
        if (outcome.ExitCode != 0)
        {
            return archive.Head is { IsCut: true } && !outcome.WasKilled && outcome.Errors.Contains(Cut, StringComparison.Ordinal)
                ? "table of contents not compared: it is longer than what was kept of it"
                : throw new BackupException(
                    $"pg_restore {(outcome.WasKilled ? "did" : "does")} not read what pg_dump wrote: it {outcome.Describe()}",
                    "./build.sh Backup");
        }

        return entries.Missing(tables) is { Count: > 0 } missing
            ? throw new BackupException(
                $"The archive lacks {Quantity.Count(missing.Count, "table")} of the database: {string.Join(", ", missing.Take(5))}.",
                "./build.sh Backup")
            : Fact(tables);
    }

    /// <summary>Demands every table of a manifest in an archive: one that was put in a dump's place decodes well,
    /// and is still another.</summary>
    /// <returns>The fact for the manifest.</returns>
    /// <exception cref="DamagedDumpException">A table or its rows are missing.</exception>
    public static string Demand(BackupManifest manifest, ArchiveEntries entries)
    {
        if (manifest.Tables is not { } tables)
        {
            return $"tables not compared: a manifest of format {manifest.Format} does not list them";
        }

        var counted = (manifest.RowCounts?.Keys ?? []).Except(tables.Select(table => table.Name), StringComparer.Ordinal).ToList();
        IReadOnlyList<string> missing = [.. entries.Missing(tables), .. counted];
        return missing.Count == 0
            ? Fact(tables)
            : throw new DamagedDumpException(
                $"The archive of backup {manifest.Id} lacks {Quantity.Count(missing.Count, "table")} that its manifest names: "
                    + $"{string.Join(", ", missing.Take(5))}.");
    }

    /// <summary>Lists an archive.</summary>
    /// <param name="path">The archive's file or directory.</param>
    public static async Task<(ProgramOutcome Outcome, ArchiveEntries Entries)> ListAsync(
        PostgresTools tools, string path, CancellationToken cancellationToken)
    {
        var entries = new ArchiveEntries();
        return (
            await new PostgresProgram(tools, "pg_restore") { Arguments = ["--list", path], Take = entries.ReadAsync }
                .RunAsync(cancellationToken), entries);
    }

    private static string Fact(IReadOnlyList<BackupTable> tables)
        => $"table of contents has {tables.Count} of {Quantity.Count(tables.Count, "table")}";
}
