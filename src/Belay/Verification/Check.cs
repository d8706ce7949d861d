namespace Belay.Verification;

/// <summary>One verification query with what it must return.</summary>
internal sealed record Check
{
    /// <summary>The words after <c>-- check:</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The one SQL statement.</summary>
    public required string Sql { get; init; }

    /// <summary>The file it stands in and the statement's first line, counted from 1.</summary>
    public required string File { get; init; }

    /// <summary>The statement's first line in the file, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The expected rows in order, each a list of cells; empty for <c>no rows</c>; null for a report,
    /// which only shows its rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Expected { get; init; }

    /// <summary>Whether it demands anything, so that its passing says something.</summary>
    public bool CanFail => Expected is not null || IsAssertion;

    /// <summary>Whether it passes when its statement runs, whatever it returns. The default is no.</summary>
    public bool IsAssertion { get; init; }
}
