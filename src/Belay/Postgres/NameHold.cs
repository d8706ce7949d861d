using Npgsql;

namespace Belay.Postgres;

/// <summary>Takes the name of a database before there is one of that name, for as long as a connection to another is open.</summary>
internal static class NameHold
{
    /// <summary>As in <see cref="DatabaseHold"/>, locks of other databases of the server are looked at too.</summary>
    private const string Question = """
        SELECT pg_catalog.pg_try_advisory_lock($1, pg_catalog.hashtext($2)) AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_locks l
            WHERE l.locktype = 'advisory' AND l.classid = $1::integer::oid AND l.objsubid = 2
                AND l.objid = (pg_catalog.hashtext($2)::bigint & 4294967295)::oid AND l.pid <> pg_catalog.pg_backend_pid())
        """;

    /// <summary>Takes it.</summary>
    /// <param name="lockClass">The first of the two numbers of the advisory lock, which says what the name is for.</param>
    /// <returns>Whether nobody else has it.</returns>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, int lockClass, string name, CancellationToken cancellationToken)
        => await connection.ScalarAsync(Question, [lockClass, name], cancellationToken) is true;
}
