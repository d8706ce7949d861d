using Belay.History;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Stops a release over a migration that stopped part-way and that it would not go on with first.</summary>
internal static class PartWayCheck
{
    /// <summary>The plan, with a fault for each migration that stopped part-way and whose file is gone,
    /// or that another would run over.</summary>
    /// <param name="plan">What is to run.</param>
    /// <param name="files">The migrations of the folder.</param>
    public static async Task<MigrationPlan> AddAsync(
        NpgsqlConnection connection, MigrationPlan plan, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var faults = new List<PlanFault>(plan.Faults);
        foreach (var stopped in await PartWayHistory.ReadAsync(connection, cancellationToken))
        {
            if (stopped.IsRollback)
            {
                faults.Add(RollbackBegun(stopped));
            }
            else if (!files.Any(file => !file.IsRepeatable && file.Version == stopped.Version))
            {
                faults.Add(Gone(stopped));
            }
            else if (plan.Pending is [{ IsRepeatable: false } first, ..] && first.Version < stopped.Version)
            {
                faults.Add(Overtaken(stopped, first));
            }
        }

        return plan with { Faults = faults };
    }

    private static PlanFault RollbackBegun(PartWayMigration stopped) => new(
        $"The rollback of migration {stopped.Version} stopped part-way outside a transaction: {stopped.Standing}. Nothing may run over it",
        "./build.sh Rollback goes on with it",
        stopped.Version);

    private static PlanFault Gone(PartWayMigration stopped) => new(
        $"Migration {stopped.Version} stopped part-way outside a transaction, and its file is not in the folder: {stopped.Standing}. "
        + "Nothing may run over it",
        "put its file back, and ./build.sh Migrate goes on with it; if the database is put right by hand, "
        + $"DELETE FROM belay.statement WHERE version = {stopped.Version} says so",
        stopped.Version);

    private static PlanFault Overtaken(PartWayMigration stopped, Migration first) => new(
        $"{first.Path} sorts before migration {stopped.Version}, which stopped part-way outside a transaction: {stopped.Standing}",
        $"give {first.FileName} a number above {stopped.Version}, so that ./build.sh Migrate goes on with migration {stopped.Version} "
            + "first",
        first.Version);
}
