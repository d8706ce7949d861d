using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>A needs B needs C needs A.</summary>
public sealed class CircularBuild : SampleBuild
{
    public Target A => _ => _.DependsOn(B).Executes(() => Tell(nameof(A)));

    public Target B => _ => _.DependsOn(C).Executes(() => Tell(nameof(B)));

    public Target C => _ => _.DependsOn(A).Executes(() => Tell(nameof(C)));

    public Target Other => _ => _.Executes(() => Tell(nameof(Other)));
}
