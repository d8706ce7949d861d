using Belay.Sql;
using Belay.Verification;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Asks the pending migrations' own checks what is there already: the guide's "Existing columns: 0 out of 4".</summary>
internal static class PendingChecks
{
    /// <summary>How <c>information_schema.columns</c> calls a column's name.</summary>
    private const string ColumnName = "column_name";

    /// <summary>The objects of each migration's first check that expects rows and runs; null when there is none.
    /// Faults of check files are refusals.</summary>
    /// <param name="connection">An open connection outside a transaction.</param>
    public static async Task<(PendingObjects? Objects, IReadOnlyList<Finding> Faults)> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        var faults = new List<Finding>();
        var results = new List<CheckResult>();
        foreach (var source in pending.Select(migration => migration.Verify).OfType<ScriptSource>())
        {
            try
            {
                if (await FirstThatRunsAsync(connection, CheckFile.Read([source]), cancellationToken) is { } result)
                {
                    results.Add(result);
                }
            }
            catch (CheckFileException exception)
            {
                faults.Add(new Finding(FindingSeverity.Refusal, exception.Message, exception.Hint));
            }
        }

        return (Count(results), faults);
    }

    /// <summary>Columns are counted by themselves where there are any: a sum of columns and other things
    /// would be a number of nothing.</summary>
    private static PendingObjects? Count(IReadOnlyList<CheckResult> results)
    {
        var columns = results.Where(result => result.Columns is [ColumnName, ..]).ToArray();
        var counted = columns.Length > 0 ? columns : results;
        var (total, missing) = (0, new List<string>());
        foreach (var result in counted)
        {
            var expected = result.Check.Expected!.Select(row => row[0]).Distinct().ToList();
            total += expected.Count;
            missing.AddRange(expected.Except(result.Rows.Select(row => row[0])));
        }

        return total == 0 ? null : new PendingObjects(total - missing.Count, total, missing) { AreColumns = columns.Length > 0 };
    }

    private static async Task<CheckResult?> FirstThatRunsAsync(
        NpgsqlConnection connection, IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        foreach (var check in checks.Where(check => check.Expected is { Count: > 0 } rows && rows.All(row => row.Count > 0)))
        {
            var result = (await CheckRunner.RunAsync(connection, [check], cancellationToken)).Results[0];
            if (result.HasRun)
            {
                return result;
            }
        }

        return null;
    }
}
