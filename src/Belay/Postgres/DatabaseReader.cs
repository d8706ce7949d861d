using Npgsql;

namespace Belay.Postgres;

/// <summary>Reads what identifies and describes a database. Leaves a surrounding transaction usable.</summary>
internal static class DatabaseReader
{
    /// <summary>In place of an identifier that the role may not read.</summary>
    public const string UnknownSystem = "unknown";

    private const string MayReadSystem = """
        SELECT coalesce(has_function_privilege(to_regprocedure('pg_catalog.pg_control_system()')::oid, 'EXECUTE'), false)
        """;

    private const string SystemIdentifier = "SELECT system_identifier::text FROM pg_catalog.pg_control_system()";

    private const string Database = "SELECT oid, datname::text FROM pg_catalog.pg_database WHERE datname = current_database()";

    private const string Server = """
        SELECT version(),
               current_setting('server_version_num')::int,
               pg_database_size(current_database()),
               pg_is_in_recovery(),
               current_setting('default_transaction_read_only')::bool,
               current_user::text
        """;

    /// <summary>The database's identity. The system identifier is <see cref="UnknownSystem"/> below
    /// PostgreSQL 9.6 and where the role may not read it.</summary>
    public static async Task<DatabaseIdentity> ReadIdentityAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var permitted = await connection.ScalarAsync(MayReadSystem, cancellationToken) is true;
        var system = permitted ? (string?)await connection.ScalarAsync(SystemIdentifier, cancellationToken) : null;
        var rows = await connection.RowsAsync(
            Database,
            reader => new DatabaseIdentity(system ?? UnknownSystem, reader.GetFieldValue<uint>(0), reader.GetString(1)),
            cancellationToken);
        return rows.Single();
    }

    /// <summary>The server's facts.</summary>
    public static async Task<ServerFacts> ReadServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            Server,
            reader => new ServerFacts
            {
                VersionText = reader.GetString(0),
                VersionNumber = reader.GetInt32(1),
                SizeBytes = reader.GetInt64(2),
                IsInRecovery = reader.GetBoolean(3),
                IsReadOnly = reader.GetBoolean(4),
                Role = reader.GetString(5),
            },
            cancellationToken)).Single();
}
