using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

/// <summary>Everything that can be typed after <c>./build.sh</c>.</summary>
static class Declarations
{
    /// <summary>All targets.</summary>
    public static IReadOnlyList<NamedTarget> Targets { get; } = [.. ReleaseStages.All, .. DevelopmentTargets.All];

    /// <summary>All parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [.. ReleaseParameters.All, .. DevelopmentParameters.All];
}
