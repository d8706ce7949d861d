using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>Connects to a server beside the database that is replaced: a database can be renamed only from another one.</summary>
internal static class MaintenanceConnection
{
    private static readonly string[] Databases = ["postgres", "template1"];

    /// <summary>Opens one, to the first that lets this role in.</summary>
    /// <exception cref="DatabaseUnreachableException">None does; the first one's reason.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        DatabaseUnreachableException? first = null;
        foreach (var database in Databases.Where(name => name != target.Database))
        {
            try
            {
                return await new DatabaseConnector(target with { Database = database }).OpenAsync("restore", cancellationToken);
            }
            catch (DatabaseUnreachableException fault)
            {
                first ??= fault;
            }
        }

        throw first!;
    }
}
