using Belay.Settings;

namespace Belay.Risks;

/// <summary>What risks are, and what they mean.</summary>
internal sealed record RiskSettings
{
    /// <summary>What happens with one that nobody has accepted. The default is that it is shown.</summary>
    public RiskPolicy Policy { get; init; }

    /// <summary>From how many bytes of a table on its size makes a risk. The default is 10 MiB.</summary>
    public long Size { get; init; } = RiskParameters.Size.Standard;

    /// <summary>Reads them.</summary>
    /// <param name="faults">Takes what cannot be read.</param>
    public static RiskSettings Read(SettingsInput input, SettingsFaults faults) => new()
    {
        Policy = input.Read(RiskParameters.Policy, faults),
        Size = input.Read(RiskParameters.Size, faults),
    };
}
