namespace Belay.Schema;

/// <summary>What happens when the schema is not as the last release left it.</summary>
internal enum DriftPolicy
{
    /// <summary>Preflight shows the difference and goes on.</summary>
    Warn,

    /// <summary>Preflight refuses the release.</summary>
    Refuse,

    /// <summary>Nobody looks.</summary>
    Ignore,
}
