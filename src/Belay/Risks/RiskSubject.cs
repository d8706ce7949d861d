using Belay.Migrations.Observation;

namespace Belay.Risks;

/// <summary>One thing that a rule has seen.</summary>
/// <param name="What">What happens, as a sentence that begins with what it happens to.</param>
/// <param name="Weight">The bytes that it goes through or is about; null when its size does not matter.</param>
internal sealed record RiskSubject(string What, long? Weight)
{
    /// <summary>The table, for its figures; null when it is about none.</summary>
    public TableEffect? Table { get; init; }

    /// <summary>What is lost, to be counted; null when nothing is.</summary>
    public LostData? Lost { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Table is null ? What : $"{What} ({Table})";
}
