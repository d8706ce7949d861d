using Npgsql;

namespace Belay.Backups.Archive;

/// <summary>Counts rows exactly, in whatever transaction the connection is in.</summary>
internal static class RowCounter
{
    public static async Task<Dictionary<string, long>> CountAsync(NpgsqlConnection connection, IEnumerable<DumpedTable> tables, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables.Where(table => table.HasRows))
        {
            counts[table.Name] = (long)(await connection.ScalarAsync($"SELECT count(*) FROM ONLY {table.Name}", cancellationToken))!;
        }

        return counts;
    }

    public static Task<List<DumpedTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.RowsAsync(CatalogueQueries.Tables, row => new DumpedTable(row.GetFieldValue<uint>(0), row.GetString(1), row.GetBoolean(2)), cancellationToken);

    public static async Task<Dictionary<string, long>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.PostgreSqlVersion.Major < 10
            ? []
            : (await connection.RowsAsync(CatalogueQueries.Sequences, row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), cancellationToken)).ToDictionary(StringComparer.Ordinal);
}
