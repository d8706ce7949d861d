using Belay.History;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Sets the folder against everything that a database says of its migrations: history, journal,
/// the tables of other tools.</summary>
internal static class MigrationPlanReader
{
    /// <summary>Reads the history and makes the plan. Changes nothing.</summary>
    /// <param name="files">The migrations of the folder, ordered by version.</param>
    /// <param name="settings">Target version and order policy.</param>
    /// <exception cref="MigrationException">The role may not read the history.</exception>
    public static async Task<(IReadOnlyList<AppliedMigration> Applied, MigrationPlan Plan)> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> files, MigrationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var applied = await MigrationHistory.ReadAsync(connection, cancellationToken);
        var plan = MigrationPlan.Make(files, applied, settings, connection.PostgreSqlVersion.Major);
        plan = await ChangedScripts.ExplainAsync(connection, plan, files, cancellationToken);
        plan = await PartWayCheck.AddAsync(connection, plan, files, cancellationToken);
        return (applied, await ForeignHistoryCheck.AddAsync(connection, plan, cancellationToken));
    }
}
