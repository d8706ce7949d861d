namespace Belay.Verification;

/// <summary>What a check returned.</summary>
/// <param name="Check">The check.</param>
/// <param name="Columns">The result's column names.</param>
/// <param name="Rows">The rows as text; at most the first hundred.</param>
/// <param name="RowCount">How many rows there were.</param>
/// <param name="Differences">Expected against actual, one line each; empty when the check passed or is a report.</param>
public sealed record CheckResult(
    Check Check, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, long RowCount, IReadOnlyList<string> Differences)
{
    /// <summary>Whether it passed; a report always does.</summary>
    public bool Passed => Differences.Count == 0;
}
