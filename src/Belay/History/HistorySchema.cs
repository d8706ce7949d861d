using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The schema <c>belay</c> and its tables, made on demand in the caller's transaction, so that
/// older histories go on working.</summary>
internal static class HistorySchema
{
    /// <summary>The first number with more digits than the versions of an early history.</summary>
    private const decimal FirstTooLong = 1_000_000_000_000_000_000;

    private const string MayRead =
        "pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')";

    /// <summary>Which migrations are applied.</summary>
    public static readonly HistoryTable Migration = new("migration", """
        CREATE TABLE belay.migration (
            version numeric PRIMARY KEY,
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            applied_by text NOT NULL DEFAULT session_user,
            duration_ms bigint NOT NULL,
            backup_id text,
            remark text
        );
        COMMENT ON TABLE belay.migration IS 'Migrations applied to this database by Belay'
        """);

    /// <summary>The journal of statements outside a transaction.</summary>
    public static readonly HistoryTable Statement = Journal("statement", "Journal of statements that ran outside a transaction");

    /// <summary>The journal of rollback scripts outside a transaction; its rows go when the rollback has ended.</summary>
    public static readonly HistoryTable RollbackStatement = Journal(
        "rollback_statement", "Journal of rollbacks that run outside a transaction");

    /// <summary>Every run of every repeatable migration.</summary>
    public static readonly HistoryTable Repeatable = new("repeatable", """
        CREATE TABLE belay.repeatable (
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            applied_by text NOT NULL DEFAULT session_user,
            duration_ms bigint NOT NULL,
            backup_id text,
            PRIMARY KEY (name, applied_at)
        );
        COMMENT ON TABLE belay.repeatable IS 'Runs of repeatable migrations by Belay'
        """);

    /// <summary>The texts that ran, of migrations whose changed files were accepted later.</summary>
    public static readonly HistoryTable Repair = new("repair", """
        CREATE TABLE belay.repair (
            version numeric NOT NULL,
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            new_sha256 text NOT NULL,
            reason text NOT NULL,
            repaired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            repaired_by text NOT NULL DEFAULT session_user,
            PRIMARY KEY (version, repaired_at)
        );
        COMMENT ON TABLE belay.repair IS 'Former texts of migrations whose changed files were accepted'
        """);

    /// <summary>Migrations that were rolled back, with both texts.</summary>
    public static readonly HistoryTable Rollback = new("rollback", """
        CREATE TABLE belay.rollback (
            version numeric NOT NULL,
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            applied_at timestamptz NOT NULL,
            applied_by text NOT NULL,
            backup_id text,
            remark text,
            rollback_script text NOT NULL,
            rollback_backup_id text,
            rolled_back_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            rolled_back_by text NOT NULL DEFAULT session_user,
            PRIMARY KEY (version, rolled_back_at)
        );
        COMMENT ON TABLE belay.rollback IS 'Migrations that Belay took back with their rollback scripts'
        """);

    /// <summary>Creates the schema and each of the tables where it is missing, for all who use <c>belay.migration</c>. What exists is not
    /// touched and needs no privilege; its owner widens the versions that are too narrow.</summary>
    /// <param name="connection">An open connection; a transaction on it is used as it is.</param>
    /// <param name="tables">The tables that the caller is about to write to.</param>
    public static async Task EnsureAsync(NpgsqlConnection connection, IEnumerable<HistoryTable> tables, CancellationToken cancellationToken)
    {
        var (hasSchema, found, _) = await LookAsync(connection, cancellationToken);
        if (!hasSchema)
        {
            await connection.ExecuteAsync("CREATE SCHEMA belay", cancellationToken);
        }

        foreach (var table in tables)
        {
            if (!found.TryGetValue(table.Name, out var isToWiden))
            {
                await connection.ExecuteAsync(table.Create, cancellationToken);
                await TableSharing.ShareAsync(connection, table, cancellationToken);
            }
            else if (isToWiden)
            {
                await connection.ExecuteAsync($"ALTER TABLE belay.{table.Name} ALTER version TYPE numeric", cancellationToken);
            }
        }
    }

    /// <summary>Whether a table exists; asked of the catalogue, which any role may read.</summary>
    public static Task<bool> HasAsync(NpgsqlConnection connection, HistoryTable table, CancellationToken cancellationToken)
        => AskAsync(
            connection,
            $"""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'belay' AND c.relname = '{table.Name}')
            """,
            cancellationToken);

    /// <summary>Whether there is something to read in a table: it exists, and this role may read it or it has taken rows. An empty table
    /// that a role may not read, because another one made it later, stands in nobody's way.</summary>
    public static Task<bool> HasRowsAsync(NpgsqlConnection connection, HistoryTable table, CancellationToken cancellationToken)
        => AskAsync(
            connection,
            $"""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'belay' AND c.relname = '{table.Name}' AND ({MayRead} OR pg_catalog.pg_relation_size(c.oid) > 0))
            """,
            cancellationToken);

    /// <summary>The tables with rows that this role may not read, ordered by name.</summary>
    public static async Task<IReadOnlyList<string>> FindUnreadableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => await connection.RowsAsync(
            $"""
            SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'belay' AND c.relkind = 'r' AND NOT ({MayRead}) AND pg_catalog.pg_relation_size(c.oid) > 0 ORDER BY 1
            """,
            reader => reader.GetString(0),
            cancellationToken);

    /// <summary>Whether also a table of an early history keeps a version as it is.</summary>
    public static bool FitsAnyTable(decimal version) => decimal.Truncate(version) == version && Math.Abs(version) < FirstTooLong;

    /// <summary>Refuses a version that a table of an early history would round without a word.</summary>
    /// <exception cref="MigrationException">It would.</exception>
    public static async Task DemandFitsAsync(
        NpgsqlConnection connection, HistoryTable table, decimal version, CancellationToken cancellationToken)
    {
        if (!FitsAnyTable(version) && (await LookAsync(connection, cancellationToken)).Narrow.Contains(table.Name))
        {
            throw new MigrationException(
                $"belay.{table.Name} keeps whole numbers of 18 digits alone, and the version {version} is none\nRolled back: database as "
                    + "before.",
                ExitCodes.MigrationRolledBack,
                $"As the owner of the table: ALTER TABLE belay.{table.Name} ALTER version TYPE numeric; then ./build.sh Migrate");
        }
    }

    /// <summary>A table of which row level security may hide rows from this role; null when it sees all rows of all.</summary>
    public static async Task<string?> FindHiddenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => await connection.ScalarAsync(
            """
            SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'belay' AND c.relkind = 'r' AND pg_catalog.row_security_active(c.oid) ORDER BY 1 LIMIT 1
            """,
            cancellationToken) as string;

    /// <summary>
    /// Whether the schema exists; its tables, with whether this role is to widen their versions; and those with narrow ones: histories that
    /// began when versions were whole numbers of 18 digits have a bigint column. One question, because every migration asks it.
    /// </summary>
    private static async Task<(bool HasSchema, Dictionary<string, bool> Tables, HashSet<string> Narrow)> LookAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.RowsAsync(
            """
            SELECT c.relname::text, a.atttypid IS NOT DISTINCT FROM 'pg_catalog.int8'::pg_catalog.regtype,
                coalesce(pg_catalog.pg_has_role(c.relowner, 'USAGE'), false)
            FROM pg_catalog.pg_namespace n
            LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'version'
            WHERE n.nspname = 'belay'
            """,
            reader => (Name: reader.TextOrNull(0), IsNarrow: reader.GetBoolean(1), IsOwn: reader.GetBoolean(2)),
            cancellationToken);
        var tables = rows.Where(row => row.Name is not null).ToList();
        return (
            rows.Count > 0,
            tables.ToDictionary(row => row.Name!, row => row is { IsNarrow: true, IsOwn: true }, StringComparer.Ordinal),
            [.. tables.Where(row => row.IsNarrow).Select(row => row.Name!)]);
    }

    private static HistoryTable Journal(string name, string comment) => new(name, $"""
        CREATE TABLE belay.{name} (
            version numeric NOT NULL,
            position integer NOT NULL,
            sha256 text NOT NULL,
            first_words text NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            sqlstate text,
            backend_pid integer NOT NULL,
            backend_start timestamptz NOT NULL,
            PRIMARY KEY (version, position)
        );
        COMMENT ON TABLE belay.{name} IS '{comment}'
        """);

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(question, cancellationToken) is true;
    }
}
