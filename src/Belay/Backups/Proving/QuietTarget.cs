using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>A database as who fills and compares it connects to it: with no event trigger that fires meanwhile, which might refuse what
/// the dump does, or write rows that it has not.</summary>
/// <remarks>A dump makes them last, but pg_restore in several jobs fills materialised views beside, and those of a login fire with every
/// session.</remarks>
internal static class QuietTarget
{
    /// <summary>The first version that can turn event triggers off, and that has those of a login.</summary>
    private const int FirstWithSetting = 17;

    /// <summary>The same database without them, where this role may do without: only a superuser may, and only one can have made
    /// them.</summary>
    /// <param name="connection">An open connection to any database of the server, as the same role.</param>
    public static async Task<DatabaseTarget> OfAsync(
        NpgsqlConnection connection, DatabaseTarget target, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync("SELECT pg_catalog.current_setting('is_superuser')", cancellationToken) is not "on")
        {
            return target;
        }

        // Before, the role of a replica was the only way. It leaves ordinary triggers out too, and a dump makes those after the rows.
        var setting = connection.PostgreSqlVersion.Major >= FirstWithSetting ? "event_triggers=off" : "session_replication_role=replica";
        var given = target.Options.GetValueOrDefault("options");
        return target with
        {
            Options = new Dictionary<string, string>(target.Options) { ["options"] = $"{given} -c {setting}".TrimStart() },
        };
    }
}
