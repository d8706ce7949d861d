using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>A table, index or view before a migration.</summary>
/// <param name="FileNode">The number of its file, which a rewrite changes; 0 for none.</param>
internal sealed record CopiedRelation(string Name, uint FileNode, long Bytes)
{
    /// <summary>The pages of table and TOAST. Asking for the size takes a lock, for which nobody is waited here.</summary>
    private static readonly (string Own, string Toast) Size = (
        "coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size",
        "coalesce(pg_catalog.pg_relation_size(nullif(c.reltoastrelid, 0)), 0) / b.size");

    /// <summary>The pages when the table was last vacuumed or analysed.</summary>
    private static readonly (string Own, string Toast) Estimate = ("c.relpages::bigint", "coalesce(t.relpages, 0)::bigint");

    /// <summary>Other sessions that hold a lock on it now; not autovacuum, which is nobody's.</summary>
    private const string Sessions = """
        SELECT l.relation, count(DISTINCT l.pid) AS held FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'relation' AND l.granted AND a.datname = pg_catalog.current_database() AND a.application_name NOT LIKE 'belay %'
            AND a.usesysid IS NOT NULL
        GROUP BY 1
        """;

    /// <summary>The kind as the catalogue has it: <c>r</c> for a table, <c>p</c> for a partitioned one, <c>v</c> for a view.</summary>
    public required char Kind { get; init; }

    /// <summary>Whether it holds rows itself: views and partitioned tables do not.</summary>
    public bool HasRows => Kind is 'r' or 'm';

    /// <summary>About how many rows it has: as last analysed, for its size now, or as the statistics count them.</summary>
    public required long Rows { get; init; }

    /// <summary>How many other sessions use it now.</summary>
    public required long Users { get; init; }

    /// <summary>The table that it is a partition of; null for none.</summary>
    public required uint? Parent { get; init; }

    /// <summary>Whether people and programs use it by its name, and its rows are here.</summary>
    public bool IsTableOrView => Kind is 'r' or 'p' or 'v' or 'm';

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
        NpgsqlConnection connection, (string Own, string Toast) pages, CancellationToken cancellationToken)
        => WithPartitions((await connection.RowsAsync(
            $"""
            SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relfilenode,
                   CASE WHEN c.relkind IN ('r', 'm') THEN ({pages.Own} + {pages.Toast}) * b.size ELSE 0 END,
                   c.relkind::text, i.inhparent, coalesce(s.held, 0),
                   CASE WHEN c.relkind NOT IN ('r', 'm') THEN 0
                       WHEN c.relpages > 0 THEN (greatest(c.reltuples, 0) / c.relpages * ({pages.Own}))::bigint
                       ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::bigint AS size) b
                LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
                LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
                LEFT JOIN ({Sessions}) s ON s.relation = c.oid
            WHERE c.oid >= 16384 AND n.nspname NOT IN ('belay', 'pg_toast') AND n.nspname !~ '^pg_temp'
            """,
            row => KeyValuePair.Create(
                row.GetFieldValue<uint>(0),
                new CopiedRelation(row.GetString(1), row.GetFieldValue<uint>(2), row.GetInt64(3))
                {
                    Kind = row.GetString(4)[0],
                    Parent = row.IsDBNull(5) ? null : row.GetFieldValue<uint>(5),
                    Users = row.GetInt64(6),
                    Rows = row.GetInt64(7),
                }),
            cancellationToken)).ToDictionary());

    /// <summary>A partitioned table has the rows of its partitions.</summary>
    private static Dictionary<uint, CopiedRelation> WithPartitions(Dictionary<uint, CopiedRelation> relations)
    {
        foreach (var leaf in relations.Values.Where(relation => relation.HasRows).ToList())
        {
            for (var parent = leaf.Parent; parent is { } above && relations.TryGetValue(above, out var table); parent = table.Parent)
            {
                relations[above] = table with { Bytes = table.Bytes + leaf.Bytes, Rows = table.Rows + leaf.Rows };
            }
        }

        return relations;
    }
}
