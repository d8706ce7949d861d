using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>Targets declared in another order than they run in, and two that need each other.</summary>
public sealed class OrderBuild : SampleBuild
{
    public Target Last => _ => _.After(Middle).Executes(() => Tell(nameof(Last)));

    public Target Middle => _ => _.Triggers(Follower).Executes(() => Tell(nameof(Middle)));

    public Target Follower => _ => _.Executes(() => Tell(nameof(Follower)));

    public Target Hen => _ => _.DependsOn(Egg).Executes(() => Tell(nameof(Hen)));

    public Target Egg => _ => _.DependsOn(Hen).Executes(() => Tell(nameof(Egg)));
}
