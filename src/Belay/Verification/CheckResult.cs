namespace Belay.Verification;

/// <summary>What a check returned.</summary>
/// <param name="Rows">The rows as text, in the form of a check file; at most the first hundred, or as many as were expected.</param>
/// <param name="RowCount">How many rows there were.</param>
/// <param name="Differences">Expected against actual, one line each; empty when the check passed or is a report.</param>
internal sealed record CheckResult(
    Check Check, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, long RowCount, IReadOnlyList<string> Differences)
{
    /// <summary>The server's error code when the query failed; null when it ran.</summary>
    public string? SqlState { get; init; }

    /// <summary>Whether it belongs to a migration that an earlier release applied, so that it fails nothing now.
    /// The default is no.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Whether it passed; a report does when its query ran.</summary>
    public bool Passed => Differences.Count == 0;

    /// <summary>Whether the query ran.</summary>
    public bool HasRun => SqlState is null;
}
