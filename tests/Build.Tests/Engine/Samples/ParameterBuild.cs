using Nuke.Common;
using Nuke.Common.IO;

namespace Build.Tests.Engine.Samples;

/// <summary>A parameter of every type; the target prints what they got.</summary>
public sealed class ParameterBuild : SampleBuild
{
    [Parameter("A text")] private readonly string deployEnvironment = "initial";

    [Parameter] private readonly int retryCount = 1;

    [Parameter] private readonly long? sizeLimit;

    [Parameter] private readonly bool dryRun;

    [Parameter] private readonly Level level;

    [Parameter] private readonly TimeSpan? wait;

    [Parameter] private readonly AbsolutePath? file;

    [Parameter] private readonly string[] schemas = ["public"];

    [Parameter(Separator = ",")] private readonly IReadOnlyList<int>? numbers;

    [Parameter(List = false)] private readonly string? hidden;

    [Parameter, Secret] private readonly string? connectionString;

    public Target Show => _ => _.Executes(() =>
    {
        Console.WriteLine($"text={deployEnvironment} int={retryCount} long={sizeLimit} bool={dryRun} enum={level} time={wait}");
        Console.WriteLine($"file={file} list={string.Join('|', schemas)} numbers={string.Join('|', numbers ?? [])} hidden={hidden}");
        Console.WriteLine($"secret length={connectionString?.Length}");
    });
}
