using Npgsql;

namespace Belay.Local;

/// <summary>The guide's schema before its migration: the table <c>"user"</c> with 15 users, without the four columns.</summary>
public static class SampleSchema
{
    /// <summary>The user of the guide's login example.</summary>
    public const string Username = "testuser";

    /// <summary>That user's password, as the guide prints it.</summary>
    public const string Password = "testpass";

    /// <summary>The PBKDF2 iterations of the sample's hashes.</summary>
    public const int HashIterations = 1000;

    /// <summary>Creates roles, table and users in the connected database. What is there already stays,
    /// only the passwords are set anew.</summary>
    /// <param name="superuserConnection">A superuser's connection to the sample database.</param>
    /// <param name="roles">The roles and their passwords.</param>
    public static async Task ApplyAsync(NpgsqlConnection superuserConnection, SampleRoles roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(superuserConnection);
        ArgumentNullException.ThrowIfNull(roles);
        await using var transaction = await superuserConnection.BeginTransactionAsync(cancellationToken);
        await CreateRoleAsync(superuserConnection, roles.Owner, roles.OwnerPassword, cancellationToken);
        await CreateRoleAsync(superuserConnection, roles.Api, roles.ApiPassword, cancellationToken);
        await RunAsync(
            superuserConnection,
            "SELECT format('ALTER DATABASE %I OWNER TO %I; GRANT pg_monitor TO %I', current_database(), $1, $1)",
            [roles.Owner],
            cancellationToken);
        if (!await HasTableAsync(superuserConnection, cancellationToken))
        {
            await RunAsync(superuserConnection, "SELECT $1", [await ReadScriptAsync(cancellationToken)], cancellationToken);
            await RunAsync(superuserConnection, "SELECT format('ALTER TABLE \"user\" OWNER TO %I', $1)", [roles.Owner], cancellationToken);
        }

        await RunAsync(superuserConnection, "SELECT format('GRANT SELECT ON \"user\" TO %I', $1)", [roles.Api], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task CreateRoleAsync(NpgsqlConnection connection, string role, Secret password, CancellationToken cancellationToken)
        => RunAsync(
            connection,
            "SELECT format('%s ROLE %I LOGIN PASSWORD %L', CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE "
                + "'CREATE' END, $1, $2)",
            [role, password.Reveal()],
            cancellationToken);

    private static async Task<bool> HasTableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('\"user\"') IS NOT NULL", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Roles cannot be parameters, so the server itself quotes them into the statements to run.</summary>
    private static async Task RunAsync(
        NpgsqlConnection connection, string query, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await using var quote = new NpgsqlCommand(query, connection);
        foreach (var argument in arguments)
        {
            quote.Parameters.AddWithValue(argument);
        }

        await using var run = new NpgsqlCommand((string)(await quote.ExecuteScalarAsync(cancellationToken))!, connection);
        await run.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> ReadScriptAsync(CancellationToken cancellationToken)
    {
        await using var resource = typeof(SampleSchema).Assembly.GetManifestResourceStream("Belay.Local.SampleSchema.sql")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
