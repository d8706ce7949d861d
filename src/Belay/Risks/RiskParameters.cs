using Belay.Settings;

namespace Belay.Risks;

/// <summary>What a release can be told of risks.</summary>
internal static class RiskParameters
{
    /// <summary>What happens with a risk that nobody has accepted.</summary>
    public static Parameter<RiskPolicy> Policy { get; } = Declare.Choice(
        "risk",
        "What happens when a migration loses data or keeps others waiting and its file does not accept that: refuse, warn or ignore",
        RiskPolicy.Warn,
        RiskPolicy.Refuse,
        RiskPolicy.Warn,
        RiskPolicy.Ignore).SeeAlso("docs/risks.md");

    /// <summary>The size from which on waiting is a risk.</summary>
    public static Parameter<long> Size { get; } = Declare.Size(
        "risk-size", "From which size on work on a table is a risk; lost data always is", "10MiB");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Policy, Size];
}
