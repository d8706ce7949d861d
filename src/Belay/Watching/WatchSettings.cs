using Belay.Settings;

namespace Belay.Watching;

/// <summary>How a release is watched.</summary>
internal sealed record WatchSettings
{
    /// <summary>How long to watch. The default is ten minutes.</summary>
    public TimeSpan For { get; init; } = WatchParameters.For.Standard;

    /// <summary>How long to wait between two looks. The default is 15 seconds.</summary>
    public TimeSpan Interval { get; init; } = WatchParameters.Interval.Standard;

    /// <summary>Reads them.</summary>
    public static WatchSettings Read(SettingsInput input, SettingsFaults faults) => new()
    {
        For = input.Read(WatchParameters.For, faults),
        Interval = input.Read(WatchParameters.Interval, faults),
    };
}
