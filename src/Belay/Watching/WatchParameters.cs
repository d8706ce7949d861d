using Belay.Settings;

namespace Belay.Watching;

/// <summary>What watching a release can be told.</summary>
internal static class WatchParameters
{
    /// <summary>How long to watch. No variable of the environment says so: FOR is a word of shells.</summary>
    public static Parameter<TimeSpan> For { get; } = new("for", "How long Watch watches", ParameterKind.Duration)
    {
        Reader = Declare.Duration("for", "", Standard).Reader,
        Rule = Declare.Duration("for", "", Standard).Rule,
        Standard = Declare.Duration("for", "", Standard).Standard,
        Default = Standard,
        Sources = ParameterSources.CommandLine | ParameterSources.File,
    };

    /// <summary>How long to wait between two looks.</summary>
    public static Parameter<TimeSpan> Interval { get; } = Declare.Duration(
        "watch-interval", "How long Watch waits between two looks", "15s");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [For, Interval];

    private const string Standard = "10min";
}
