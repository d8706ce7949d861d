using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Postgres;

namespace Belay.Backups.Archive;

/// <summary>Compares what the archive says it holds with what the catalogue has.</summary>
internal static partial class TableOfContents
{
    /// <summary>Lists a directory, or an archive by its head, and demands every table in it, and the rows of every table that has any.</summary>
    /// <returns>The fact for the manifest.</returns>
    /// <exception cref="BackupException">A table or its rows are missing, or the head is no archive.</exception>
    public static async Task<string> CompareAsync(PostgresTools tools, (string? Folder, ArchiveHead? Head) archive, IReadOnlyList<DumpedTable> tables, CancellationToken cancellationToken)
    {
        var definitions = new HashSet<uint>();
        var rows = new HashSet<uint>();
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments = archive.Folder is null ? ["--list"] : ["--list", archive.Folder],
            Feed = archive.Head is null ? null : archive.Head.FeedAsync,
            Take = (stream, token) => ReadAsync(stream, (definitions, rows), token),
        }.RunAsync(cancellationToken);
        if (outcome.ExitCode != 0)
        {
            return archive.Head is { IsCut: true }
                ? "table of contents not compared: it is longer than what was kept of it"
                : throw new BackupException($"pg_restore does not read what pg_dump wrote: it {outcome.Describe()}", "./build.sh Backup");
        }

        var missing = tables.Where(table => !definitions.Contains(table.Oid) || (table.HasRows && !rows.Contains(table.Oid))).Select(table => table.Name).ToList();
        return missing.Count == 0
            ? $"table of contents has {tables.Count} of {Quantity.Count(tables.Count, "table")}"
            : throw new BackupException($"The archive lacks {Quantity.Count(missing.Count, "table")} of the database: {string.Join(", ", missing.Take(5))}.", "./build.sh Backup");
    }

    /// <summary>The dump ids of the tables whose rows the archive has.</summary>
    /// <param name="tools">pg_restore.</param>
    /// <param name="path">The archive's file or directory.</param>
    /// <param name="cancellationToken">Stops pg_restore.</param>
    public static async Task<(ProgramOutcome Outcome, IReadOnlyList<string> RowsOf)> ListAsync(PostgresTools tools, string path, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        var outcome = await new PostgresProgram(tools, "pg_restore")
        {
            Arguments = ["--list", path],
            Take = async (stream, token) =>
            {
                using var reader = new StreamReader(stream, leaveOpen: true);
                while (await reader.ReadLineAsync(token) is { } line)
                {
                    if (Entry().Match(line) is { Success: true } match && match.Groups["rows"].Success)
                    {
                        ids.Add(line[..line.IndexOf(';', StringComparison.Ordinal)]);
                    }
                }
            },
        }.RunAsync(cancellationToken);
        return (outcome, ids);
    }

    /// <summary>Entries are matched by catalogue and oid: names with spaces make the other columns ambiguous.</summary>
    private static async Task ReadAsync(Stream stream, (HashSet<uint> Definitions, HashSet<uint> Rows) found, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Entry().Match(line) is { Success: true } match)
            {
                var oid = uint.Parse(match.Groups["oid"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
                (match.Groups["rows"].Success ? found.Rows : found.Definitions).Add(oid);
            }
        }
    }

    [GeneratedRegex(@"^[0-9]+; (?:1259 (?<oid>[0-9]+) TABLE (?!DATA |ATTACH )|0 (?<oid>[0-9]+) (?<rows>TABLE DATA) )", RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
