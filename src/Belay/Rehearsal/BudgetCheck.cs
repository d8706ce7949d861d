using Belay.Migrations.Observation;

namespace Belay.Rehearsal;

/// <summary>Holds what was observed against what the release may cost.</summary>
internal static class BudgetCheck
{
    /// <summary>Refuses what goes over a budget.</summary>
    /// <exception cref="RehearsalException">Names each statement, table and figure, with the safer form.</exception>
    public static void Demand(RehearsalReport report, RehearsalSettings budget)
    {
        List<string> faults =
        [
            .. report.Statements.SelectMany(statement => Locks(statement, budget)),
            .. report.Statements.SelectMany(statement => Rewrites(statement, budget)),
            .. Whole(report, budget),
        ];
        if (faults.Count > 0)
        {
            throw new RehearsalException(
                $"The rehearsal on backup {report.BackupId} went over {Quantity.Count(faults.Count, "budget")}; the database was not "
                    + "touched:" + string.Concat(faults.Select(fault => $"\n  {fault}")),
                "Take the safer form, or allow more: docs/rehearsal.md has both");
        }
    }

    private static IEnumerable<string> Locks(ObservedStatement statement, RehearsalSettings budget)
        => budget.MaximumLock == TimeSpan.Zero ? []
            : statement.Locks.Where(one => one.Held > budget.MaximumLock)
                .Select(one => $"{statement.Place}: {one}; --max-lock allows {Quantity.Duration(budget.MaximumLock)}. Safer: "
                    + "a file of its own for the statement, and rows moved in batches before it");

    private static IEnumerable<string> Rewrites(ObservedStatement statement, RehearsalSettings budget)
        => !budget.NoRewrite ? []
            : statement.Rewrites.Select(rewrite => $"{statement.Place}: rewrites {rewrite.Relation} "
                + $"({Quantity.Bytes(rewrite.Bytes)}); --no-rewrite allows none. Safer: a new column beside the "
                + "old one, filled in batches");

    private static IEnumerable<string> Whole(RehearsalReport report, RehearsalSettings budget)
    {
        if (budget.MaximumDuration != TimeSpan.Zero && report.Duration > budget.MaximumDuration)
        {
            yield return $"the migrations took {Quantity.Duration(report.Duration)}; --max-duration allows "
                + $"{Quantity.Duration(budget.MaximumDuration)}. {Longest(report, statement => statement.Duration.Ticks)}";
        }

        if (budget.MaximumWal != 0 && report.Wal > budget.MaximumWal)
        {
            yield return $"the migrations wrote {Quantity.Bytes(report.Wal)} of write-ahead log; --max-wal allows "
                + $"{Quantity.Bytes(budget.MaximumWal)}. {Longest(report, statement => statement.Wal)}";
        }
    }

    private static string Longest(RehearsalReport report, Func<ObservedStatement, long> figure)
        => $"Most of it: {report.Statements.MaxBy(figure)!.Place}";
}
