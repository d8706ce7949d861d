using Npgsql;

namespace Belay.Postgres;

/// <summary>Says of a database of the server that somebody works with it, for as long as a connection to another one is open.</summary>
internal static class DatabaseHold
{
    /// <summary>The number's bits are those of the oid, which may be above two thousand million. The server keeps these locks apart by the
    /// database that the connection is to, so that a lock of the same numbers may be held in each of them.</summary>
    private const string Question = """
        SELECT pg_catalog.pg_try_advisory_lock($1, d.oid::bigint::bit(32)::integer) AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_locks l
            WHERE l.locktype = 'advisory' AND l.classid = $1::integer::oid AND l.objid = d.oid AND l.objsubid = 2
                AND l.pid <> pg_catalog.pg_backend_pid())
        FROM pg_catalog.pg_database d WHERE d.datname = $2
        """;

    private const string Release = """
        SELECT pg_catalog.pg_advisory_unlock($1, d.oid::bigint::bit(32)::integer)
        FROM pg_catalog.pg_database d WHERE d.datname = $2
        """;

    /// <summary>Takes the hold.</summary>
    /// <param name="lockClass">The first of the two numbers of the advisory lock, which says what is done with the database.</param>
    /// <returns>Whether nobody else has it, whatever database of the server they are connected to; false too when there is no such
    /// database.</returns>
    public static async Task<bool> TryAsync(
        NpgsqlConnection connection, int lockClass, string database, CancellationToken cancellationToken)
        => await connection.ScalarAsync(Question, [lockClass, database], cancellationToken) is true;

    /// <summary>Gives the hold back before the connection ends, so that another run need not wait for that. Does nothing when the
    /// database is gone.</summary>
    public static Task ReleaseAsync(NpgsqlConnection connection, int lockClass, string database, CancellationToken cancellationToken)
        => connection.ScalarAsync(Release, [lockClass, database], cancellationToken);
}
