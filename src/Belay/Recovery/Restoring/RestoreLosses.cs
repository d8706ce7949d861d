using System.Globalization;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>What has come into a database since a backup, as far as it can be counted.</summary>
/// <param name="connection">An open connection to the database, outside a transaction.</param>
/// <param name="backup">The backup that would replace it.</param>
internal sealed class RestoreLosses(NpgsqlConnection connection, BackupManifest backup)
{
    private const int ShownAtMost = 20;

    /// <summary>What Belay's own tables are called: a line of its own says what a restore does to them.</summary>
    private const string Own = "belay.";

    /// <summary>Counting must not make others wait, nor take longer than a reader does, nor count less where row level security hides
    /// rows.</summary>
    private const string Limits =
        "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '3s'; SET LOCAL row_security = off";

    /// <summary>The lines.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
        =>
        [
            $"  every write since {Quantity.Utc(backup.SnapshotUtc)} would be gone from it: {Quantity.Duration(now - backup.SnapshotUtc)}",
            .. backup.RowCounts is { } counts ? await CountAsync(counts, cancellationToken)
                : [$"  rows are not compared: {backup.RowCountsLeftOut}"],
            .. await WritesAsync(cancellationToken),
            .. await HistoryAsync(cancellationToken),
        ];

    /// <summary>To which migration the history goes back.</summary>
    private async Task<IReadOnlyList<string>> HistoryAsync(CancellationToken cancellationToken)
    {
        decimal? now;
        try
        {
            now = await connection.ScalarAsync(CatalogueQueries.HasHistory, cancellationToken) is true
                ? await connection.ScalarAsync(CatalogueQueries.LastMigration, cancellationToken) as decimal?
                : null;
        }
        catch (PostgresException fault)
        {
            return [$"  to which migration the history goes back is not known: {fault.MessageText}"];
        }

        return now == backup.LastMigration
            ? []
            : [$"  the newest applied migration is {Version(now)} now, {Version(backup.LastMigration)} in the backup"];
    }

    /// <summary>What the server has counted since, where that is the database that was dumped and it has not begun to count anew.</summary>
    private async Task<IReadOnlyList<string>> WritesAsync(CancellationToken cancellationToken)
    {
        if (backup.WriteCounts is not { } then
            || await DatabaseReader.ReadIdentityAsync(connection, cancellationToken) != backup.Database
            || await WriteCounter.ReadAsync(connection, cancellationToken) is not { } now
            || now.ResetUtc != backup.WritesCountedSince)
        {
            return [];
        }

        var written = now.Tables.Select(table => (Name: table.Key, Rows: table.Value - then.GetValueOrDefault(table.Key)))
            .Where(table => table.Rows > 0 && !table.Name.StartsWith(Own, StringComparison.Ordinal))
            .OrderByDescending(table => table.Rows)
            .ThenBy(table => table.Name, StringComparer.Ordinal)
            .ToList();
        var shown = string.Join(", ", written.Take(ShownAtMost).Select(table => $"{table.Name} {Quantity.Count(table.Rows, "row")}"));
        return written.Count == 0
            ? []
            :
            [
                $"  inserted, updated or deleted since, as the server counts: {shown}"
                    + (written.Count > ShownAtMost ? $" … and {Quantity.Count(written.Count - ShownAtMost, "table")} more" : ""),
            ];
    }

    private async Task<IReadOnlyList<string>> CountAsync(
        IReadOnlyDictionary<string, long> dumped, CancellationToken cancellationToken)
    {
        try
        {
            var tables = await RowCounter.TablesAsync(connection, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(Limits, cancellationToken);
            return Compare(dumped, await RowCounter.CountAsync(connection, tables, cancellationToken));
        }
        catch (NpgsqlException fault) when (!cancellationToken.IsCancellationRequested)
        {
            return [$"  rows are not compared: {fault.Message}"];
        }
    }

    private static List<string> Compare(IReadOnlyDictionary<string, long> dumped, Dictionary<string, long> now)
    {
        List<string> lines =
        [
            .. dumped.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(table => !table.StartsWith(Own, StringComparison.Ordinal))
                .Where(table => dumped.GetValueOrDefault(table, -1) != now.GetValueOrDefault(table, -1))
                .Select(table => $"  {table}: {Rows(now, table)} now, {Rows(dumped, table)} in the backup"),
        ];
        return lines.Count switch
        {
            0 => ["  every table has as many rows as in the backup; which values changed is not counted"],
            > ShownAtMost => [.. lines.Take(ShownAtMost), $"  … and {Quantity.Count(lines.Count - ShownAtMost, "table")} more"],
            _ => lines,
        };
    }

    private static string Version(decimal? version) => version?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Rows(IReadOnlyDictionary<string, long> counts, string table)
        => counts.TryGetValue(table, out var rows) ? Quantity.Count(rows, "row") : "no such table";
}
