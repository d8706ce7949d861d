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

    /// <summary>What it demands.</summary>
    public required CheckKind Kind { get; init; }

    /// <summary>The rows that it demands; null when it demands none in particular.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Expected => (Kind as ExpectedRows)?.Rows;
}
