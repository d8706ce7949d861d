using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Compares a restored database with the manifest of its dump.</summary>
internal static class RestoredComparison
{
    /// <summary>Compares rows, sequences and large objects.</summary>
    /// <returns>What was compared.</returns>
    /// <exception cref="DamagedDumpException">Something differs; the message names the differences, five at most.</exception>
    public static async Task<IReadOnlyList<string>> CompareAsync(
        NpgsqlConnection restored, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var tables = await RowCounter.TablesAsync(restored, cancellationToken);
        var counts = manifest.RowCounts is null ? [] : await CountAsync(restored, tables, cancellationToken);
        var sequences = await RowCounter.SequencesAsync(restored, cancellationToken);
        var largeObjects = (long)(await restored.ScalarAsync(CatalogueQueries.LargeObjects, cancellationToken))!;
        List<string> differences =
        [
            .. Rows(manifest.RowCounts ?? counts, counts),
            .. manifest.Sequences.Where(sequence => sequences.GetValueOrDefault(sequence.Key, long.MinValue) < sequence.Value)
                .Select(sequence => $"sequence {sequence.Key} is behind {sequence.Value}"),
        ];
        if (largeObjects != manifest.LargeObjects)
        {
            differences.Add($"{Quantity.Count(largeObjects, "large object")} instead of {manifest.LargeObjects}");
        }

        if (differences.Count > 0)
        {
            throw new DamagedDumpException(
                $"What backup {manifest.Id} restores is not what was dumped: {string.Join("; ", differences.Take(5))}.");
        }

        return
        [
            manifest.RowCounts is null
                ? $"row counts not compared: {manifest.RowCountsLeftOut}"
                : $"{Quantity.Count(counts.Values.Sum(), "row")} in {Quantity.Count(counts.Count, "table")} equal",
            $"{Quantity.Count(manifest.Sequences.Count, "sequence")} not behind",
            Quantity.Count(largeObjects, "large object"),
        ];
    }

    private static async Task<Dictionary<string, long>> CountAsync(
        NpgsqlConnection restored, List<BackupTable> tables, CancellationToken cancellationToken)
    {
        await using var transaction = await restored.BeginTransactionAsync(cancellationToken);
        return await RowCounter.CountAsync(restored, tables, cancellationToken);
    }

    private static IEnumerable<string> Rows(IReadOnlyDictionary<string, long> dumped, Dictionary<string, long> restored)
        => dumped.Keys.Union(restored.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(table => (Table: table, Dumped: dumped.GetValueOrDefault(table, -1), Restored: restored.GetValueOrDefault(table, -1)))
            .Where(pair => pair.Dumped != pair.Restored)
            .Select(pair => pair.Restored < 0 ? $"table {pair.Table} is missing"
                : pair.Dumped < 0 ? $"table {pair.Table} was not dumped"
                : $"table {pair.Table} has {Quantity.Count(pair.Restored, "row")} instead of {pair.Dumped}");
}
