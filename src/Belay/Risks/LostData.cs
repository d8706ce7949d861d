namespace Belay.Risks;

/// <summary>Data that a migration takes away.</summary>
/// <param name="Table">The table's name with its schema, quoted where SQL needs that.</param>
/// <param name="Column">The column's name as the catalogue has it; null for whole rows.</param>
internal sealed record LostData(string Table, string? Column)
{
    /// <summary>How many rows of it go, where others may stay; null where all go.</summary>
    public long? Rows { get; init; }
}
