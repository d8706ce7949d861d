namespace Belay.Releases.Stages;

/// <summary>What must hold when a stage's turn comes, or it is left out.</summary>
/// <param name="Text">The condition in words, after "only when".</param>
/// <param name="Holds">Whether it holds now.</param>
public sealed record StageCondition(string Text, Func<bool> Holds);
