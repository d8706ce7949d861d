using Belay.Sql;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Effects;

/// <summary>Asks the catalogue about indexes that are built concurrently.</summary>
internal sealed class IndexCatalog(NpgsqlConnection connection)
{
    /// <summary>Invalid indexes that nobody is building now: whoever builds one holds a lock on it.</summary>
    private const string Abandoned = """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
        LEFT JOIN pg_catalog.pg_class owner ON owner.reltoastrelid = t.oid
        WHERE NOT i.indisvalid AND c.relkind = 'i'
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.relation = i.indexrelid AND l.granted AND l.pid <> pg_backend_pid())
        """;

    /// <summary>The same name may stand in several schemas; the statement's own index is in that of its table.</summary>
    private const string Own = $"{Abandoned} AND c.relname = $1 AND t.oid = to_regclass($2)";

    /// <summary>REINDEX builds its copies beside the indexes of the tables it names, of their partitions
    /// and of their TOAST tables.</summary>
    private const string Copies = $"""
        {Abandoned} AND c.relname ~ '_cc(new|old)[0-9]*$' AND CASE $1
            WHEN 'INDEX' THEN coalesce(owner.oid, t.oid) IN (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($2)
                OR indexrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(to_regclass($2))))
            WHEN 'TABLE' THEN coalesce(owner.oid, t.oid) = to_regclass($2)
                OR coalesce(owner.oid, t.oid) IN (SELECT relid FROM pg_catalog.pg_partition_tree(to_regclass($2)))
            WHEN 'SCHEMA' THEN coalesce(owner.relnamespace, t.relnamespace) = to_regnamespace($2)
            ELSE true END
        ORDER BY 1
        """;

    /// <summary>Whether the index is there and valid: null when it is not there, false when it is invalid.</summary>
    public async Task<bool?> IsValidAsync(IndexBuild index, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(
            """
            SELECT i.indisvalid FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE c.relname = $1 AND c.relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = to_regclass($2))
            """,
            [index.Name, index.Table],
            cancellationToken) as bool?;
    }

    /// <summary>The invalid indexes that earlier attempts at a statement left, as qualified names.</summary>
    public async Task<IReadOnlyList<string>> CarcassesAsync(ScriptStatement statement, CancellationToken cancellationToken)
        => statement.Shape.OutsideOnly switch
        {
            "CREATE INDEX CONCURRENTLY"
                when IndexBuild.Of(statement.Sql) is { } index => await ReadAsync(Own, index.Name, index.Table, cancellationToken),
            "REINDEX CONCURRENTLY"
                when Reindex.Of(statement.Sql) is { } target => await ReadAsync(Copies, target.Kind, target.Name, cancellationToken),
            _ => [],
        };

    private async Task<IReadOnlyList<string>> ReadAsync(string question, string first, string? second, CancellationToken cancellationToken)
        => await connection.RowsAsync(
            new SqlQuery(question, first, SqlQuery.Text(second)), reader => reader.GetString(0), cancellationToken);
}
