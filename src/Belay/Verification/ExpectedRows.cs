namespace Belay.Verification;

/// <summary>How many of the rows that a check expects are there already: before a migration, what it will add.</summary>
/// <param name="Expected">How many rows the check expects.</param>
/// <param name="Missing">The first cell of each row whose first cell is not there, in the check's order.</param>
public sealed record ExpectedRows(int Expected, IReadOnlyList<string> Missing)
{
    /// <summary>How many of them are there, whatever their other cells say.</summary>
    public int Existing => Expected - Missing.Count;

    /// <summary>Reads it off a result.</summary>
    /// <param name="result">The result of a check that was run before the migration.</param>
    /// <returns>Null for a report and for a check that expects no rows.</returns>
    public static ExpectedRows? Of(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Check.Expected is not { Count: > 0 } expected)
        {
            return null;
        }

        var present = result.Rows.Select(row => row[0]).ToHashSet(StringComparer.Ordinal);
        return new ExpectedRows(expected.Count, [.. expected.Select(row => row[0]).Where(name => !present.Contains(name))]);
    }

    /// <summary>Reads it off the one check of a run that describes columns, the guide's "Existing columns: 0 out of 4".</summary>
    /// <param name="report">The checks of the pending migrations, run before them.</param>
    /// <returns>The sum over all checks that describe columns; null when there is none.</returns>
    public static ExpectedRows? OfColumns(VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var parts = report.Results.Where(ColumnDefinitions.Describes).Select(Of).OfType<ExpectedRows>().ToList();
        return parts.Count == 0 ? null : new ExpectedRows(parts.Sum(part => part.Expected), [.. parts.SelectMany(part => part.Missing)]);
    }
}
