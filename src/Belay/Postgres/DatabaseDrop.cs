using Npgsql;

namespace Belay.Postgres;

/// <summary>Drops a database that Belay has made, with whatever is connected to it.</summary>
internal static class DatabaseDrop
{
    private const int FirstWithForce = 13;

    /// <summary>Drops it if it is there. A role that may not end what works there, as hardly one may end autovacuum, has the server ask
    /// autovacuum to go and wait for the others to end by themselves.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        var drop = $"DROP DATABASE IF EXISTS {SqlName.Quote(database)}";
        if (connection.PostgreSqlVersion.Major >= FirstWithForce)
        {
            try
            {
                await connection.ExecuteAsync($"{drop} WITH (FORCE)", cancellationToken);
                return;
            }
            catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // Whose database it is decides both ways.
            }
        }

        await connection.ExecuteAsync(drop, cancellationToken);
    }
}
