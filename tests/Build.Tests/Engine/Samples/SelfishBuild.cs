using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>A needs itself.</summary>
public sealed class SelfishBuild : SampleBuild
{
    public Target A => _ => _.DependsOn(A).Executes(() => Tell(nameof(A)));
}
