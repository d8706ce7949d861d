using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>
/// The tables of the schema <c>belay</c> at one moment, each with its identity and the places of its row versions, which every
/// UPDATE, DELETE, TRUNCATE and rewrite changes. It reads no texts, so that a long history costs little.
/// </summary>
internal sealed class HistoryMark
{
    public const string Question = """
        SELECT c.relname::text, c.oid::text, CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN pg_catalog.query_to_xml(
            pg_catalog.format(
                'SELECT pg_catalog.md5(pg_catalog.string_agg(ctid::text || xmin::text, '','' ORDER BY ctid)) AS mark FROM belay.%I', c.relname),
            true, true, '')::text ELSE '' END
        FROM pg_catalog.pg_class c
        WHERE c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = 'belay') AND c.relkind IN ('r', 'p')
        """;

    private readonly Dictionary<string, (string Identity, string Rows)> tables;

    /// <param name="rows">Table by table; what a role may not read has its identity alone.</param>
    public HistoryMark(IEnumerable<(string Table, (string Identity, string Rows) Mark)> rows)
        => tables = rows.ToDictionary(row => row.Table, row => row.Mark, StringComparer.Ordinal);

    /// <summary>Reads it; a transaction on the connection is used as it is.</summary>
    public static async Task<HistoryMark> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => new(await connection.RowsAsync(Question, Row, cancellationToken));

    /// <summary>Reads the answer to <see cref="Question"/>.</summary>
    public static async Task<HistoryMark> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => new(await reader.RowsAsync(Row, cancellationToken));

    /// <summary>The names of its tables, in order.</summary>
    public IEnumerable<string> Names => tables.Keys.Order(StringComparer.Ordinal);

    /// <summary>What it knows of a table's rows; null when the table was not there.</summary>
    public string? RowsOf(string table) => tables.TryGetValue(table, out var mark) ? mark.Rows : null;

    /// <summary>Whether each of the tables is there and the same one as in an earlier mark.</summary>
    public bool HasAsIn(HistoryMark earlier, IEnumerable<HistoryTable> wanted)
        => wanted.All(
            table => tables.TryGetValue(table.Name, out var now) && earlier.tables.TryGetValue(table.Name, out var then)
                && now.Identity == then.Identity);

    /// <summary>What something has done to the tables since this mark, as the end of "it …"; null when they are as they were.</summary>
    public async Task<string?> FindChangeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => FindChange(await ReadAsync(connection, cancellationToken));

    /// <summary>What something has done to the tables between this mark and a later one, as the end of "it …"; null when they are as they
    /// were.</summary>
    public string? FindChange(HistoryMark now)
    {
        var names = tables.Keys.Union(now.tables.Keys).Order(StringComparer.Ordinal);
        var changes = names.Select(table => ChangeOf(table, now.tables)).OfType<string>().ToArray();
        return changes.Length == 0 ? null : $"changed Belay's own tables: {string.Join("; ", changes)}";
    }

    private string? ChangeOf(string table, Dictionary<string, (string Identity, string Rows)> now)
        => (tables.TryGetValue(table, out var before), now.TryGetValue(table, out var after)) switch
        {
            (true, false) => $"belay.{table} is gone",
            (false, true) => $"belay.{table} is new",
            _ when before.Identity != after.Identity => $"belay.{table} is another table",
            _ when before.Rows != after.Rows => $"earlier rows of belay.{table} were changed or removed, or rows were added",
            _ => null,
        };

    private static (string Table, (string Identity, string Rows) Mark) Row(NpgsqlDataReader reader)
        => (reader.GetString(0), (reader.GetString(1), reader.GetString(2)));
}
