using System.Diagnostics;

namespace Build.Tests.Support;

/// <summary>The files that git would check out, in a folder of their own: what a fresh clone of this state is.</summary>
internal sealed class RepositoryCopy : IAsyncDisposable
{
    private RepositoryCopy(string root) => Root = root;

    /// <summary>The copy's root, with a space in its path.</summary>
    public string Root { get; }

    public static async Task<RepositoryCopy> CreateAsync(CancellationToken cancellationToken)
    {
        var root = TestFolder.NewOutside("fresh clone");
        foreach (var file in (await GitFilesAsync(cancellationToken)).Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            var target = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, file), target);
        }

        return new RepositoryCopy(root);
    }

    /// <summary>Runs the copy's build script to its end.</summary>
    public Task<BuildOutcome> BuildAsync(params string[] arguments) => BuildAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs the copy's build script to its end, with variables besides.</summary>
    public async Task<BuildOutcome> BuildAsync(IReadOnlyDictionary<string, string?> besides, params string[] arguments)
    {
        // The analyzers have seen this code when the tests were compiled.
        var environment = new Dictionary<string, string?>(besides) { ["RunAnalyzers"] = "false", ["GITHUB_STEP_SUMMARY"] = null };
        var command = new BuildCommand
        {
            Script = Path.Combine(Root, "build.sh"),
            Folder = Root,
            Arguments = arguments,
            Environment = environment,
        };
        using var running = RunningBuild.Start(command);
        return await running.EndAsync(Token);
    }

    /// <summary>The command lines of processes that have this copy's path in them.</summary>
    public IReadOnlyList<string> LeftoverProcesses() => ProcessLines.Of(Root);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await BuildAsync("LocalReset", "--profile", "local");
        Directory.Delete(Root, recursive: true);
    }

    private static async Task<IReadOnlyList<string>> GitFilesAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "git",
            ["ls-files", "--cached", "--others", "--exclude-standard"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
            };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, git.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
