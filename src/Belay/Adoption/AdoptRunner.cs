using Belay.History;
using Belay.Layouts;
using Belay.Layouts.Foreign;
using Belay.Migrations;
using Belay.Postgres;
using Npgsql;

namespace Belay.Adoption;

/// <summary>Records what another tool has applied, so that nothing is applied twice. The other tool's tables are only read.</summary>
/// <remarks>No backup stands behind it: it writes to the schema <c>belay</c> alone, and an empty history
/// is all that there is to lose.</remarks>
/// <param name="settings">How long to wait for another runner and for locks.</param>
/// <param name="output">Takes what is recorded.</param>
internal sealed class AdoptRunner(DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    private string Database => connector.Target.DisplayName;

    /// <summary>Records the other tool's history in one transaction, behind the runner lock.</summary>
    /// <returns>The rows as they stand in the history; empty for a dry run.</returns>
    /// <exception cref="HistoryException">There is no such history, it does not fit the files, or Belay's own is not empty.</exception>
    /// <exception cref="MigrationException">Another runner holds the lock.</exception>
    public Task<IReadOnlyList<AppliedMigration>> RunAsync(AdoptRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new HistoryChange(RunContext.OfHistory(connector, settings, output, timeProvider), request.DryRun)
            .RunAsync(connection => AdoptAsync(connection, request, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<AppliedMigration>> AdoptAsync(
        NpgsqlConnection connection, AdoptRequest request, CancellationToken cancellationToken)
    {
        await EmptyHistory.DemandAsync(connection, Database, cancellationToken);
        if (request.From == ForeignTools.None)
        {
            return await BeginEmptyAsync(connection, request, cancellationToken);
        }

        var found = Choose(await ForeignTools.FindAsync(connection, cancellationToken), request.From);
        var history = await found.Reader.ReadAsync(connection, found.Table, cancellationToken);
        var plan = AdoptionPlan.Make(found.Tool, history, request.Files);
        plan.Warnings.ToList().ForEach(output.Warn);
        if (plan.Faults.Count > 0)
        {
            throw new HistoryException(
                $"The history of {found.Tool} in {found.Table.Quoted} cannot be adopted, nothing was "
                    + $"changed:\n{string.Join('\n', plan.Faults.Select(fault => $"  {fault.Message}"))}",
                string.Join("; ", plan.Faults.Select(fault => fault.Hint).Distinct()));
        }

        Print(plan, found, request.DryRun);
        return request.DryRun ? [] : await RecordAsync(connection, plan, found.Tool, cancellationToken);
    }

    private async Task<IReadOnlyList<AppliedMigration>> BeginEmptyAsync(
        NpgsqlConnection connection, AdoptRequest request, CancellationToken cancellationToken)
    {
        output.Line(
            $"The history of {Database} {(request.DryRun ? "would begin" : "begins")} empty: histories of other tools found there do not "
                + "count from now on");
        if (!request.DryRun)
        {
            await HistorySchema.EnsureAsync(connection, [HistorySchema.Migration, HistorySchema.Statement], cancellationToken);
        }

        return [];
    }

    private FoundHistory Choose(IReadOnlyList<FoundHistory> found, string? from)
    {
        var wanted = found.Where(one => one.Reader.IsAdoptable && (from is null || one.Tool == from)).ToList();
        var visible = wanted.Where(one => one.Table.IsVisible).ToList();
        return (visible.Count > 0 ? visible : wanted) switch
        {
            [var only] => only,
            [] => throw new HistoryException(
                $"No history of {from ?? "another tool"} was found in {Database}; "
                    + $"{(found.Count == 0 ? "there is none of any tool known here" : $"there is {Names(found)}")}. Nothing was changed.",
                "./build.sh Baseline --migration-version N records the files up to N as applied"),
            var several => throw new HistoryException(
                $"Several histories of other tools were found in {Database}: {Names(several)}. Nothing was changed.",
                several.Select(one => one.Tool).Distinct().Count() > 1
                    ? $"name one: {string.Join(" or ", several.Select(one => $"./build.sh Adopt --from {one.Tool}").Distinct())}"
                    : "put the schema of the one that counts first in the role's search_path: ALTER ROLE … SET search_path = …"),
        };
    }

    private static string Names(IEnumerable<FoundHistory> found)
        => string.Join(", ", found.Select(one => $"{one.Table.Quoted} of {one.Tool}"));

    private void Print(AdoptionPlan plan, FoundHistory found, bool dryRun)
    {
        output.Line(
            $"From {found.Tool}'s {found.Table.Quoted}, {(dryRun ? "would be recorded" : "recorded")} as applied without being run:");
        foreach (var (file, entry) in plan.Recorded)
        {
            output.Line($"  {file.FileName} ({entry.Title})");
        }

        output.Line(
            plan.Pending.Count == 0
                ? "Pending afterwards: nothing"
                : $"Pending afterwards: {string.Join(", ", plan.Pending.Select(file => file.FileName))}");
    }

    private static async Task<IReadOnlyList<AppliedMigration>> RecordAsync(
        NpgsqlConnection connection, AdoptionPlan plan, string tool, CancellationToken cancellationToken)
    {
        await HistorySchema.EnsureAsync(connection, [HistorySchema.Migration, HistorySchema.Statement], cancellationToken);
        var recorded = new List<AppliedMigration>();
        foreach (var (file, entry) in plan.Recorded)
        {
            var remark = $"adopted from {tool}: {entry.Title}";
            recorded.Add(
                await MigrationHistory.InsertAsync(connection, new HistoryEntry(file, entry.Duration, null, remark), cancellationToken));
        }

        return recorded;
    }
}
