namespace Build.Tests.Engine;

/// <summary>The engine redirects the console and sets statics of its build, so its tests run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EngineCollection
{
    internal const string Name = "Engine";
}
