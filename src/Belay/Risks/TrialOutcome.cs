using Belay.Migrations.DryRuns;
using Belay.Migrations.Observation;

namespace Belay.Risks;

/// <summary>What a trial has shown.</summary>
/// <param name="Statements">What the statements did.</param>
internal sealed record TrialOutcome(DryRunOutcome DryRun, IReadOnlyList<ObservedStatement> Statements)
{
    /// <summary>The risks; null when nobody looked for them.</summary>
    public RiskReport? Risks { get; init; }
}
