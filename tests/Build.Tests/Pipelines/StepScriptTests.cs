using Build.Tests.Bootstrap;
using Build.Tests.Support;

namespace Build.Tests.Pipelines;

/// <summary>The step that <c>action.yml</c> and the templates run, with programs that write down how they are called.</summary>
public sealed class StepScriptTests : IDisposable
{
    private const string Recording =
        """
        #!/usr/bin/env bash
        { printf '%s' "${0##*/}"; printf ' <%s>' "$@"; echo " store=${BACKUP_STORE:-} database=${DATABASE_URL:-}"; } >>"$CALLS"
        [[ "$1 $2" != "tool install" ]] || { mkdir -p "$5" && cp "$0" "$5/belay"; }
        [[ "$*" != *"$FAILS"* ]] || exit 3

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-step-");
    private readonly Dictionary<string, string?> environment;

    public StepScriptTests()
    {
        ShellProgram.Write(Path.Combine(folder.FullName, "bin"), "dotnet", Recording);
        environment = new()
        {
            ["PATH"] = $"{Path.Combine(folder.FullName, "bin")}:/usr/bin:/bin",
            ["CALLS"] = Calls,
            ["FAILS"] = "no word of any call",
            ["RUNNER_TEMP"] = folder.FullName,
            ["DATABASE_URL"] = null,
            ["BACKUP_STORE"] = null,
        };
    }

    private string Calls => Path.Combine(folder.FullName, "calls");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Installs_the_newest_tool_and_the_client_and_runs_the_target()
    {
        environment["BELAY_STEP_DATABASE_URL"] = "postgresql://db/shop";
        environment["BELAY_STEP_STORE"] = "file:///backups";
        environment["BELAY_STEP_MIGRATIONS"] = "db/my migrations; rm -rf";
        environment["BELAY_STEP_TARGET_VERSION"] = "7";
        environment["BELAY_STEP_DRY_RUN"] = "true";

        (await RunAsync()).MustExitWith(0);

        const string Both = "store=file:///backups database=postgresql://db/shop";
        Assert.Equal(
            [
                $"dotnet <tool> <install> <Belay.Tool> <--tool-path> <{folder.FullName}/belay-tool> <--prerelease> {Both}",
                $"belay <install-client> {Both}",
                $"belay <Migrate> <--migrations> <db/my migrations; rm -rf> <--target-version> <7> <--dry-run> {Both}",
            ],
            await File.ReadAllLinesAsync(Calls, Token));
    }

    [Fact]
    public async Task Takes_the_tool_that_the_manifest_names_and_asks_for_no_client_without_a_database()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, ".config"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, ".config", "dotnet-tools.json"), """{"tools":{"belay.tool":{}}}""", Token);
        environment["BELAY_STEP_TARGET"] = "CleanupBackups";
        environment["BELAY_STEP_SOURCE"] = "/packages";

        (await RunAsync()).MustExitWith(0);

        Assert.Equal(
            ["dotnet <tool> <restore> <--add-source> </packages> store= database=", "dotnet <belay> <CleanupBackups> store= database="],
            await File.ReadAllLinesAsync(Calls, Token));
    }

    [Fact]
    public async Task Ends_with_the_exit_code_of_what_failed_and_runs_nothing_after_it()
    {
        environment["DATABASE_URL"] = "postgresql://db/shop";
        environment["FAILS"] = "install-client";
        environment["BELAY_STEP_VERSION"] = "1.2.3";

        (await RunAsync()).MustExitWith(3);

        Assert.EndsWith(
            "belay <install-client> store= database=postgresql://db/shop",
            (await File.ReadAllLinesAsync(Calls, Token))[^1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Migrate --skip Backup")]
    [InlineData("--help")]
    [InlineData("a\nb")]
    public async Task Refuses_a_target_that_is_more_than_a_name(string target)
    {
        environment["BELAY_STEP_TARGET"] = target;

        (await RunAsync()).MustExitWith(2).MustPrint("The input target is no name of a target. Hint: belay --help lists them");

        Assert.False(File.Exists(Calls));
    }

    private async Task<BuildOutcome> RunAsync()
    {
        using var running = RunningBuild.Start(new BuildCommand
        {
            Script = Path.Combine(Repository.Root, ".ci", "step.sh"),
            Arguments = [],
            Folder = folder.FullName,
            Environment = environment,
        });
        return await running.EndAsync(Token);
    }
}
