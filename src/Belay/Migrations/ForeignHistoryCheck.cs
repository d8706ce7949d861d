using Belay.History;
using Belay.Layouts;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Notices that another tool has migrated the database, before its migrations are applied once more.</summary>
internal static class ForeignHistoryCheck
{
    private const string BeginEmpty = $"./build.sh Adopt --from {ForeignTools.None}";

    /// <summary>The plan, with a fault for each history of another tool when Belay has none here and files are pending.</summary>
    /// <remarks>A history in a schema that the role does not search is another application's more often than not:
    /// it is a warning.</remarks>
    /// <param name="plan">What is to run.</param>
    public static async Task<MigrationPlan> AddAsync(NpgsqlConnection connection, MigrationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Pending.Count == 0 || await HistorySchema.HasAsync(connection, HistorySchema.Migration, cancellationToken))
        {
            return plan;
        }

        var (faults, warnings) = (new List<PlanFault>(), new List<string>());
        foreach (var found in await ForeignTools.FindAsync(connection, cancellationToken))
        {
            if (await DescribeAsync(connection, found, cancellationToken) is not { } description)
            {
                continue;
            }

            if (found.Table.IsVisible)
            {
                faults.Add(new PlanFault(
                    $"{found.Table.Quoted} {description}, and Belay has no history here: the pending migrations may be applied already",
                    WayOn(found),
                    plan.Pending[0].Version));
            }
            else
            {
                warnings.Add(
                    $"{found.Table.Quoted} {description}; its schema is not in this role's search_path, so it is taken for another "
                        + "application's");
            }
        }

        return plan with { Faults = [.. plan.Faults, .. faults], Warnings = [.. plan.Warnings, .. warnings] };
    }

    private static string WayOn(FoundHistory found) => found.Reader.IsAdoptable
        ? $"./build.sh Adopt --from {found.Tool} records them, so that nothing is applied twice; {BeginEmpty} if that table is of another "
            + "application"
        : $"./build.sh Baseline --migration-version N --reason \"…\" records the files up to N as applied, when they are; {BeginEmpty} if "
            + "all of them are new, or that table is of another application or no history at all";

    private static async Task<string?> DescribeAsync(NpgsqlConnection connection, FoundHistory found, CancellationToken cancellationToken)
    {
        try
        {
            var history = await found.Reader.ReadAsync(connection, found.Table, cancellationToken);
            return history switch
            {
                { Entries.Count: > 0 } when !found.Reader.IsAdoptable => $"looks like the history of {found.Tool}, which is not read here",
                { Entries: [{ ReachesBack: true, IsBaseline: false } newest] } => $"says that {found.Tool} has migrated to {newest.Id}",
                { Entries.Count: > 0 } => $"has {Quantity.Count(history.Entries.Count, "applied migration")} of {found.Tool}",
                { Faults: [var fault, ..] } => $"has a failed migration of {found.Tool} ({fault.Message})",
                _ => null,
            };
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return $"is a history of {found.Tool} that this role may not read ({exception.MessageText})";
        }
    }
}
