using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>A table, index or view before a migration.</summary>
/// <param name="FileNode">The number of its file, which a rewrite changes; 0 for none.</param>
internal sealed record CopiedRelation(string Name, uint FileNode, long Bytes)
{
    /// <summary>Asking for the size takes a lock, for which nobody is waited here.</summary>
    private const string Size = "pg_catalog.pg_relation_size(c.oid)";

    /// <summary>The size when the table was last vacuumed or analysed.</summary>
    private const string Estimate = "c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint";

    /// <summary>Every relation by its oid.</summary>
    public static async Task<Dictionary<uint, CopiedRelation>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET lock_timeout = '100ms'", cancellationToken);
        try
        {
            return await ReadAsync(connection, Size, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return await ReadAsync(connection, Estimate, cancellationToken);
        }
    }

    private static async Task<Dictionary<uint, CopiedRelation>> ReadAsync(
        NpgsqlConnection connection, string size, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            $"""
            SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relfilenode,
                   CASE WHEN c.relkind IN ('r', 'm') THEN {size} ELSE 0 END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid >= 16384 AND n.nspname NOT IN ('belay', 'pg_toast') AND n.nspname !~ '^pg_temp'
            """,
            row => KeyValuePair.Create(
                row.GetFieldValue<uint>(0),
                new CopiedRelation(row.GetString(1), row.GetFieldValue<uint>(2), row.GetInt64(3))),
            cancellationToken)).ToDictionary();
}
