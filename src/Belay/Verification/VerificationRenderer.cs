using Belay.Printing;

namespace Belay.Verification;

/// <summary>Shows a verification as the guide's transcript does.</summary>
internal static class VerificationRenderer
{
    private const string TotalPrefix = "total_";

    /// <summary>The lines to print: every check with its rows, the differences of those that failed, the verdict and the totals.</summary>
    public static IReadOnlyList<string> Lines(VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. report.Results.Where(result => !IsTotal(result)).SelectMany(Check),
            Verdict(report),
            .. report.Results.Where(IsTotal).SelectMany(result => Totals(report, result)),
        ];
    }

    private static string Verdict(VerificationReport report) => report switch
    {
        { Failed.Count: > 0 } => $"VERIFICATION FAILED: {report.Failed.Count} of {Quantity.Count(report.Results.Count, "check")}",
        { HasVerified: false } => "NOTHING WAS VERIFIED: there is no check that expects something",
        { FailedEarlier.Count: > 0 } when report.Results.Any(result => !result.IsEarlier)
            => $"VERIFICATION PASSED for what ran now; {Quantity.Count(report.FailedEarlier.Count, "check")} of earlier releases failed",
        { FailedEarlier.Count: > 0 } =>
            $"NOT AS EARLIER RELEASES LEFT IT: {report.FailedEarlier.Count} of {Quantity.Count(report.Results.Count, "check")} failed",
        _ => "VERIFICATION PASSED",
    };

    private static IEnumerable<string> Check(CheckResult result)
    {
        if (!result.Passed)
        {
            return [
                $"FAILED {result.Check.Title} ({Path.GetFileName(result.Check.File)}:{result.Check.Line})",
                .. result.Differences.Select(difference => $"  {difference}"),
                .. Table(result),
                "",
            ];
        }

        if (!result.Check.Kind.HasRows)
        {
            return [$"Passed: {result.Check.Title}", ""];
        }

        if (!result.Check.Kind.CanFail)
        {
            return [$"{result.Check.Title}:", .. Table(result), ""];
        }

        return ColumnDefinitions.Describes(result)
            ? [
                $"All {Quantity.Count(result.RowCount, "column")} verified successfully:",
                "",
                .. result.Rows.Select(ColumnDefinitions.Line),
                "",
            ]
            : [$"Passed: {result.Check.Title}", .. Table(result), ""];
    }

    private static IReadOnlyList<string> Table(CheckResult result)
    {
        if (result.Rows.Count == 0)
        {
            return [];
        }

        var table = TextTable.Lines(result.Columns, result.Rows);
        return result.RowCount > result.Rows.Count
            ? [.. table, $"  the first {result.Rows.Count} of {Quantity.Count(result.RowCount, "row")}"]
            : table;
    }

    private static bool IsTotal(CheckResult result)
        => result is { HasRun: true, Check.Kind.CanFail: false, Columns: [var column], Rows: [[_]] }
            && column.StartsWith(TotalPrefix, StringComparison.Ordinal) && column.Length > TotalPrefix.Length;

    /// <summary>A report <c>total_users</c> reads "Total users in database: 15", and with verified
    /// defaults the guide's closing line.</summary>
    private static IEnumerable<string> Totals(VerificationReport report, CheckResult result)
    {
        var noun = result.Columns[0][TotalPrefix.Length..].Replace('_', ' ');
        yield return $"Total {noun} in database: {result.Rows[0][0]}";
        var columns = report.Results.Where(ColumnDefinitions.Describes).ToList();
        if (report.Passed && columns.Count > 0 && columns.All(ColumnDefinitions.AllHaveDefaults))
        {
            yield return $"All {noun} will have default values applied";
        }
    }
}
