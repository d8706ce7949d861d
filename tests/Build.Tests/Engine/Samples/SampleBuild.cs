using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>What the sample builds share: a target tells that it ran.</summary>
public abstract class SampleBuild : NukeBuild
{
    protected static void Tell(string target) => Console.WriteLine($"ran {target}");
}
