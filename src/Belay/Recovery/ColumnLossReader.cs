using Belay.Postgres;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Counts the values that dropping a column would lose.</summary>
internal static class ColumnLossReader
{
    private const string Default = """
        SELECT coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), 'NULL')
        FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = pg_catalog.to_regclass($1) AND NOT a.attisdropped
          AND a.attname = CASE WHEN $2 LIKE '"%' THEN replace(btrim($2, '"'), '""', '"') ELSE lower($2 COLLATE "C") END
        """;

    /// <summary>Reads one column's loss in the caller's transaction, which is read-only, so that a default like nextval() takes no number
    /// while it is compared.</summary>
    /// <exception cref="PostgresException">It cannot be counted.</exception>
    public static async Task<ColumnLoss?> ReadAsync(NpgsqlConnection connection, DroppedColumn column, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(Default, [column.Table, column.Column], cancellationToken) is string expression
            ? await CountAsync(connection, column, expression, cancellationToken)
            : null;
    }

    private static async Task<ColumnLoss> CountAsync(
        NpgsqlConnection connection, DroppedColumn column, string expression, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            $"SELECT count(*), count(*) FILTER (WHERE {column.Column} IS DISTINCT FROM ({expression})) FROM {column.Table}",
            reader => new ColumnLoss(column, reader.GetInt64(0), reader.GetInt64(1)),
            cancellationToken)).Single();
}
