namespace Belay.Preflight;

/// <summary>What a finding means for the release.</summary>
internal enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Doubtful; the release goes on.</summary>
    Warning,

    /// <summary>The release is refused.</summary>
    Refusal,
}
