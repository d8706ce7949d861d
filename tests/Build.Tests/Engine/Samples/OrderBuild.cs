using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>Targets declared in another order than they run in.</summary>
public sealed class OrderBuild : SampleBuild
{
    public Target Last => _ => _.After(Middle).Executes(() => Tell(nameof(Last)));

    public Target Middle => _ => _.Executes(() => Tell(nameof(Middle)));

    public Target First => _ => _.Before(Middle).Executes(() => Tell(nameof(First)));

    public Target Helper => _ => _.DependentFor(First).Executes(() => Tell(nameof(Helper)));

    public Target Follower => _ => _.TriggeredBy(Middle).Executes(() => Tell(nameof(Follower)));
}
