using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>A table's columns, constraints and indexes at one moment.</summary>
internal sealed record TableDefinition(string Name)
{
    /// <summary>The columns by their numbers, which stay when they get another name.</summary>
    public Dictionary<short, (string Name, string Type, bool NotNull, bool IsComputed)> Columns { get; } = [];

    /// <summary>The CHECK constraints and foreign keys, by oid.</summary>
    public Dictionary<uint, (string Name, bool IsForeignKey, bool IsValidated)> Constraints { get; } = [];

    /// <summary>The indexes by oid, with the numbers of their files; 0 for one without a file, of a partitioned table.</summary>
    public Dictionary<uint, (string Name, uint FileNode)> Indexes { get; } = [];

    /// <summary>Reads tables and views as the connection's transaction sees them.</summary>
    /// <param name="only">Their oids; null for all.</param>
    public static async Task<Dictionary<uint, TableDefinition>> ReadAsync(
        NpgsqlConnection connection, uint[]? only, CancellationToken cancellationToken)
    {
        var which = only is null ? "c.oid >= 16384" : $"c.oid IN ({string.Join(", ", only)})";
        var tables = (await connection.RowsAsync(
            $"""
            SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE {which} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """,
            row => KeyValuePair.Create(row.GetFieldValue<uint>(0), new TableDefinition(row.GetString(1))),
            cancellationToken)).ToDictionary();
        await ReadColumnsAsync(connection, tables, which, cancellationToken);
        await ReadConstraintsAsync(connection, tables, which, cancellationToken);
        await ReadIndexesAsync(connection, tables, which, cancellationToken);
        return tables;
    }

    private static async Task ReadColumnsAsync(
        NpgsqlConnection connection, Dictionary<uint, TableDefinition> tables, string which, CancellationToken cancellationToken)
    {
        var computed = connection.PostgreSqlVersion.Major < 12 ? "false" : "a.attgenerated <> ''";
        await connection.RowsAsync(
            $"""
            SELECT c.oid, a.attnum, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, {computed}
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            WHERE {which} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
            """,
            row => Of(tables, row).Columns[row.GetInt16(1)] =
                (row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetBoolean(5)),
            cancellationToken);
    }

    private static async Task ReadConstraintsAsync(
        NpgsqlConnection connection, Dictionary<uint, TableDefinition> tables, string which, CancellationToken cancellationToken)
    {
        await connection.RowsAsync(
            $"""
            SELECT c.oid, k.oid, k.conname::text, k.contype = 'f', k.convalidated
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
            WHERE {which} AND c.relkind IN ('r', 'p', 'f') AND k.contype IN ('c', 'f')
            """,
            row => Of(tables, row).Constraints[row.GetFieldValue<uint>(1)] =
                (row.GetString(2), row.GetBoolean(3), row.GetBoolean(4)),
            cancellationToken);
    }

    private static async Task ReadIndexesAsync(
        NpgsqlConnection connection, Dictionary<uint, TableDefinition> tables, string which, CancellationToken cancellationToken)
    {
        await connection.RowsAsync(
            $"""
            SELECT c.oid, x.oid, x.relname::text, x.relfilenode
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            WHERE {which} AND c.relkind IN ('r', 'p', 'm')
            """,
            row => Of(tables, row).Indexes[row.GetFieldValue<uint>(1)] = (row.GetString(2), row.GetFieldValue<uint>(3)),
            cancellationToken);
    }

    /// <summary>The table of a row; one that somebody has made since the first query belongs to nobody's comparison.</summary>
    private static TableDefinition Of(Dictionary<uint, TableDefinition> tables, NpgsqlDataReader row)
        => tables.GetValueOrDefault(row.GetFieldValue<uint>(0)) ?? new TableDefinition("");
}
