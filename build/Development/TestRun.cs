using CliWrap;

/// <summary>Runs the test projects one after another, fast ones first, and prints what failed once more at the end.</summary>
sealed class TestRun(string rootFolder)
{
    private static readonly string[] Projects = ["Belay.Tests", "Belay.IntegrationTests", "Build.Tests"];

    /// <summary>Runs all projects, also after one failed.</summary>
    /// <returns>A line per project, for the summary.</returns>
    /// <exception cref="DevelopmentException">A test failed, or a project ran none.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var project in Projects.Select(name => new TestProject(name, rootFolder)))
        {
            failures.AddRange(await RunAsync(project, cancellationToken));
        }

        failures.ForEach(failure => Console.Error.WriteLine($"FAILED {failure}\n"));
        return failures.Count == 0 ? "all passed" : throw new DevelopmentException($"{failures.Count} failed");
    }

    private static async Task<IReadOnlyList<string>> RunAsync(TestProject project, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(project.Results)!);
        File.Delete(project.Results);
        Console.WriteLine($"== {project.Name}");
        var exitCode = await StartAsync(project, cancellationToken);
        if (project.ReadResult() is not { } result || result.Passed + result.Failed == 0)
        {
            TestTotals.Add(0, 1, 0);
            return [$"{project.Name}: ended with exit code {exitCode} and without results"];
        }

        TestTotals.Add(result.Passed, result.Failed, result.Skipped);
        Console.WriteLine($"== {project.Name}: {result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped");
        return result.Failures;
    }

    private static async Task<int> StartAsync(TestProject project, CancellationToken cancellationToken)
    {
        string[] arguments = [project.Program, "-xml", project.Results, "-noColor", "-noLogo"];

        // A shell that starts this in the background leaves SIGINT ignored, which the tests of Ctrl+C would inherit.
        var command = OperatingSystem.IsLinux()
            ? Cli.Wrap("env").WithArguments(["--default-signal=INT,HUP,TERM", .. arguments])
            : Cli.Wrap(arguments[0]).WithArguments(arguments[1..]);
        var result = await command
            .WithStandardOutputPipe(PipeTarget.ToStream(Console.OpenStandardOutput()))
            .WithStandardErrorPipe(PipeTarget.ToStream(Console.OpenStandardError()))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        return result.ExitCode;
    }
}
