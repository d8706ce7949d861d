namespace Belay.Layouts.Foreign;

/// <summary>What another tool recorded in a database.</summary>
/// <param name="Table">The table, quoted where it must be.</param>
/// <param name="Entries">The migrations applied, in the order they ran.</param>
internal sealed record ForeignHistory(string Table, IReadOnlyList<ForeignEntry> Entries)
{
    /// <summary>Why it must not be adopted as it is; empty for nothing.</summary>
    public IReadOnlyList<AdoptionFault> Faults { get; init; } = [];

    /// <summary>What is odd but stops nothing, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
