using Nuke.Common.IO;

/// <summary>Runs a benchmark suite in a process of its own, compiled for speed.</summary>
/// <param name="rootFolder">The repository's root.</param>
/// <param name="suite">The suite's name; null for <c>backup</c>.</param>
/// <param name="size">The size of the generated database; null for <c>1GB</c>.</param>
sealed class BenchRun(AbsolutePath rootFolder, string? suite, string? size)
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var name = suite ?? "backup";
        await new Dotnet(rootFolder).RunAsync(
            ["run", "--configuration", "Release", "--project", rootFolder / "bench" / "Belay.Bench", "--", name, "--size", size ?? "1GB"], cancellationToken);
        return $"suite {name}";
    }
}
