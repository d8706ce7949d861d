/// <summary>Runs a benchmark suite in a process of its own, compiled for speed.</summary>
/// <param name="suite">The suite's name; null for <c>backup</c>.</param>
/// <param name="options">The suite's options; null stands for one that was not given.</param>
sealed class BenchRun(string rootFolder, string? suite, params (string Name, string? Value)[] options)
{
    /// <summary>Whether the registry has the precompiler, as build.sh found it.</summary>
    private string CanPrecompile => File.Exists(Path.Combine(rootFolder, ".nuke", "temp", "no-precompiler")) ? "false" : "true";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var name = suite ?? "backup";
        var given = options.Where(option => option.Value is not null).SelectMany(option => new[] { option.Name, option.Value! });
        await new Dotnet(rootFolder).RunAsync(
            [
                "run", "--configuration", "Release", $"--property:Precompile={CanPrecompile}",
                "--project", Path.Combine(rootFolder, "bench", "Belay.Bench"), "--", name, .. given,
            ],
            cancellationToken);
        return $"suite {name}";
    }
}
