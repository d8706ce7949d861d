namespace Belay.Risks;

/// <summary>A kind of risk: how it is found and what is better.</summary>
internal sealed record RiskRule
{
    /// <summary>Of what counts by size.</summary>
    public const string FromSize = "`--risk-size`";

    /// <summary>Its name in messages and in <c>-- belay: accept</c>: <c>drop-column</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it sees.</summary>
    public required string Sees { get; init; }

    /// <summary>From when on that counts: <c>from the first value</c>.</summary>
    public string From { get; init; } = FromSize;

    /// <summary>What tells it.</summary>
    public required string Found { get; init; }

    /// <summary>What to do instead.</summary>
    public required string Safer { get; init; }

    /// <summary>Looks at one statement or one file; empty when it has nothing of the kind.</summary>
    public required Func<RiskEvidence, IEnumerable<RiskSubject>> Look { get; init; }
}
