namespace Belay.Migrations.Observation;

/// <summary>What a statement changed in the definition of a table that was there before, by the catalogue.</summary>
internal sealed record TableChange
{
    /// <summary>Nothing.</summary>
    public static TableChange None { get; } = new();

    /// <summary>Whether it is gone.</summary>
    public bool IsDropped { get; init; }

    /// <summary>Its name with its schema, if it has got another one; null when it kept it.</summary>
    public string? NewName { get; init; }

    /// <summary>The new columns.</summary>
    public IReadOnlyList<string> ColumnsAdded { get; init; } = [];

    /// <summary>The columns that are gone, by the names that they have in the database; columns that are computed are left out.</summary>
    public IReadOnlyList<string> ColumnsDropped { get; init; } = [];

    /// <summary>The columns with another name.</summary>
    public IReadOnlyList<(string From, string To)> ColumnsRenamed { get; init; } = [];

    /// <summary>The columns of another type.</summary>
    public IReadOnlyList<string> TypesChanged { get; init; } = [];

    /// <summary>The columns that may not be null any more.</summary>
    public IReadOnlyList<string> NotNull { get; init; } = [];

    /// <summary>The CHECK constraints that its rows were held against.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The foreign keys that its rows were held against.</summary>
    public IReadOnlyList<string> ForeignKeys { get; init; } = [];

    /// <summary>The indexes that were built, again or for the first time.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>Whether it is a change that nobody else may look at meanwhile: those of columns and names.</summary>
    public bool ShutsOut
        => NewName is not null
            || ColumnsAdded.Count + ColumnsDropped.Count + ColumnsRenamed.Count + TypesChanged.Count + NotNull.Count + Checks.Count > 0;
}
