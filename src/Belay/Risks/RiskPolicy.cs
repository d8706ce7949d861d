namespace Belay.Risks;

/// <summary>What happens when a migration has a risk that nobody has accepted.</summary>
internal enum RiskPolicy
{
    /// <summary>It is shown.</summary>
    Warn,

    /// <summary>The release is refused.</summary>
    Refuse,

    /// <summary>Nobody looks.</summary>
    Ignore,
}
