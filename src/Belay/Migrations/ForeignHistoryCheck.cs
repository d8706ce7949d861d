using Belay.History;
using Belay.Layouts.Foreign;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Notices that another tool has migrated the database, before its migrations are applied once more.</summary>
internal static class ForeignHistoryCheck
{
    /// <summary>The plan, with a fault for each history of another tool when Belay has none here and files are pending.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="plan">What is to run.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public static async Task<MigrationPlan> AddAsync(NpgsqlConnection connection, MigrationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Pending.Count == 0 || await HistorySchema.HasAsync(connection, HistorySchema.Migration, cancellationToken))
        {
            return plan;
        }

        var faults = new List<PlanFault>();
        foreach (var (tool, table) in (await ForeignTools.FindAsync(connection, cancellationToken)).Where(one => one.Table.IsVisible))
        {
            if (await DescribeAsync(connection, tool, table, cancellationToken) is { } description)
            {
                faults.Add(new PlanFault(
                    $"{table.Quoted} {description}, and Belay has no history here: the pending migrations may be applied already",
                    $"./build.sh Adopt --from {tool.Name} records them, so that nothing is applied twice; ./build.sh Adopt --from {ForeignTools.None} if that table is of another application",
                    plan.Pending[0].Version));
            }
        }

        return faults.Count == 0 ? plan : plan with { Faults = [.. plan.Faults, .. faults] };
    }

    private static async Task<string?> DescribeAsync(NpgsqlConnection connection, IForeignTool tool, ForeignTable table, CancellationToken cancellationToken)
    {
        try
        {
            var history = await tool.ReadAsync(connection, table, cancellationToken);
            return history switch
            {
                { Entries: [{ ReachesBack: true, IsBaseline: false } newest] } => $"says that {tool.Name} has migrated to {newest.Id}",
                { Entries.Count: > 0 } => $"has {Quantity.Count(history.Entries.Count, "applied migration")} of {tool.Name}",
                { Faults: [var fault, ..] } => $"has a failed migration of {tool.Name} ({fault.Message})",
                _ => null,
            };
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return $"is a history of {tool.Name} that this role may not read ({exception.MessageText})";
        }
    }
}
