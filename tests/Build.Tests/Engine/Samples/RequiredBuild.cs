using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>A parameter that every target needs.</summary>
public sealed class RequiredBuild : SampleBuild
{
    [Parameter, Required] private readonly string? always;

    public Target Run => _ => _.Executes(() => Tell($"{nameof(Run)} {always}"));
}
