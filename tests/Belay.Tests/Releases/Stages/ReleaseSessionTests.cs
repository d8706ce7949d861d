using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Releases.Stages;

public sealed class ReleaseSessionTests : IDisposable
{
    private static readonly string Rule = new('=', 80);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("belay-session-");
    private readonly TestOutput output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        errors.Dispose();
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task A_stage_s_fact_goes_into_the_summary_and_onto_the_record()
    {
        var session = new ReleaseSession(Host());

        var outcome = await session.RunAsync(Stage("Verify", _ => Task.FromResult("3 checks passed")), Plan("Verify"), Token);

        Assert.Equal(new StageOutcome("Verify", "3 checks passed", null), outcome);
        Assert.Equal(ExitCodes.Done, await session.EndAsync(ExitCodes.Done));
        Assert.Contains("3 checks passed", await File.ReadAllTextAsync(Record(), Token), StringComparison.Ordinal);
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public async Task A_failure_is_told_once_at_the_end_with_its_hint_for_the_program_that_was_typed()
    {
        var session = new ReleaseSession(Host() with { Program = new TypedProgram("belay") });

        var outcome = await session.RunAsync(
            Stage("Verify", _ => throw new SettingsException("The column is missing", "./build.sh Status shows it")),
            Plan("Verify"),
            Token);

        Assert.Equal(new Failure(ExitCodes.Usage, "The column is missing", "belay Status shows it", false), outcome.Failure);
        Assert.Equal("", errors.ToString());
        Assert.Equal(ExitCodes.Usage, await session.EndAsync(ExitCodes.Usage));
        Assert.Equal(
            $"""

            {Rule}
            Verify FAILED, exit code 2
            {Rule}
            The column is missing
            Hint: belay Status shows it

            Record:   {Path.ChangeExtension(Record(), "md")}

            """,
            errors.ToString(),
            ignoreLineEndingDifferences: true);
        Assert.Contains("The column is missing", await File.ReadAllTextAsync(Record(), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_thought_of_ends_with_the_stage_s_exit_code()
    {
        var stage = Stage("Migrate", _ => throw new IOException("gone"), ExitCodes.MigrationPartWay);

        var outcome = await new ReleaseSession(Host()).RunAsync(stage, Plan("Verify"), Token);

        Assert.Equal(ExitCodes.MigrationPartWay, outcome.Failure!.ExitCode);
        Assert.Equal("Migrate was stopped: a file or folder cannot be used: gone", outcome.Failure.Message);
    }

    [Fact]
    public async Task A_fault_of_the_code_ends_with_1_and_asks_for_a_report()
    {
        var outcome = await new ReleaseSession(Host())
            .RunAsync(Stage("Verify", _ => throw new InvalidOperationException("never")), Plan("Verify"), Token);

        Assert.Equal((1, "Unexpected InvalidOperationException: never", "this is a fault of Belay: keep the output and report it"),
            (outcome.Failure!.ExitCode, outcome.Failure.Summary, outcome.Failure.Hint));
    }

    [Theory]
    [InlineData(ExitCodes.Interrupted)]
    [InlineData(ExitCodes.Terminated)]
    [InlineData(ExitCodes.HungUp)]
    public async Task A_signal_ends_the_stage_with_its_own_exit_code(int exitCode)
    {
        using var cancelled = new CancellationTokenSource();
        var session = new ReleaseSession(Host() with { SignalExitCode = () => exitCode });
        var stage = Stage("Verify", async token =>
        {
            await cancelled.CancelAsync();
            token.ThrowIfCancellationRequested();
            return "not reached";
        });

        var outcome = await session.RunAsync(stage, Plan("Verify"), cancelled.Token);

        Assert.Equal(
            new Failure(
                exitCode,
                "Cancelled by a signal: what was not committed was rolled back",
                "./build.sh Status shows where the database stands",
                true),
            outcome.Failure);
        Assert.Equal(exitCode, await session.EndAsync(exitCode));
        Assert.Contains("\"status\": \"Cancelled\"", await File.ReadAllTextAsync(Record(), Token), StringComparison.Ordinal);
        Assert.Contains($"\nVerify CANCELLED, exit code {exitCode}", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCodes.VerificationFailed, ExitCodes.Terminated)]
    [InlineData(ExitCodes.MigrationPartWay, ExitCodes.MigrationPartWay)]
    public void A_signal_goes_before_a_known_failure_except_one_that_says_where_a_migration_stands(int known, int expected)
        => Assert.Equal(
            new Failure(expected, "lost", "look", IsCancellation: true),
            Failure.From(new StageFaultException("lost", "look", known, new IOException()), ExitCodes.Terminated));

    [Fact]
    public async Task A_dry_run_that_would_not_be_heeded_is_refused_before_the_stage()
    {
        var outcome = await new ReleaseSession(Host()).RunAsync(
            Stage("Verify", _ => Task.FromResult("ran")), ReleasePlan.Of(["Verify"], ["Verify"], isDryRun: true), Token);

        Assert.Equal(ExitCodes.Usage, outcome.Failure!.ExitCode);
    }

    [Fact]
    public async Task A_run_that_only_looks_leaves_no_record()
    {
        var session = new ReleaseSession(Host());
        await session.RunAsync(Stage("Status", _ => Task.FromResult("2 applied")), ReleasePlan.Of(["Status"], [], isDryRun: false), Token);

        Assert.Equal(ExitCodes.Done, await session.EndAsync(ExitCodes.Done));
        Assert.False(Directory.Exists(Path.Combine(root.FullName, "artifacts")));
    }

    [Fact]
    public async Task A_whole_plan_stops_at_the_first_failure_and_names_what_is_missing()
    {
        var session = new ReleaseSession(Host());

        var outcome = await session.RunAsync(
            ReleasePlan.Of(["SmokeTest", "Verify"], ["Verify", "SmokeTest"], isDryRun: false), Token);

        Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
        Assert.Equal("Verify", Assert.Single(outcome.Stages).Name);
        Assert.Equal(ExitCodes.Usage, await session.EndAsync(outcome.ExitCode));
        Assert.StartsWith(
            $"\n{Rule}\nVerify FAILED, exit code 2\n{Rule}\n"
                + "DATABASE_URL environment variable not set\nSMOKE_URL environment variable not set\n",
            errors.ToString().ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_leaves_out_on_the_way_what_it_leaves_nothing_to_do_for()
    {
        var dry = ReleasePlan.Of(["Migrate"], ["Preflight", "Backup", "Migrate", "Verify", "SmokeTest"], isDryRun: true);

        Assert.Equal(["Preflight", "Migrate"], Running(dry));
        Assert.Equal(
            ["Preflight", "Migrate", "Verify"],
            Running(ReleasePlan.Of(["Migrate", "Verify"], dry.Stages.Select(stage => stage.Name), isDryRun: true)));
        Assert.Equal(
            dry.Stages.Select(stage => stage.Name),
            Running(ReleasePlan.Of(["Migrate"], dry.Stages.Select(stage => stage.Name), isDryRun: false)));
    }

    private IEnumerable<string> Running(ReleasePlan plan)
    {
        var session = new ReleaseSession(Host());
        return plan.Stages.Where(stage => session.ConditionsOf(stage, () => plan).All(condition => condition.Holds()))
            .Select(stage => stage.Name);
    }

    private string Record() => Directory.EnumerateFiles(Path.Combine(root.FullName, "artifacts"), "release-*.json").Single();

    private ReleaseHost Host() => new()
    {
        Input = new SettingsInput { RootFolder = root.FullName, Environment = new Dictionary<string, string>() },
        Output = output,
        Errors = errors,
        TimeProvider = new FakeTimeProvider(),
    };

    /// <summary>A plan that needs no settings, since its stages are the test's own.</summary>
    private static ReleasePlan Plan(string typed) => ReleasePlan.Of([typed], [], isDryRun: false);

    private static ReleaseStage Stage(string name, Func<CancellationToken, Task<string>> work, int exitCode = ExitCodes.PreflightRefused)
        => new(
            (_, token) => work(token))
            {
                Name = name,
                Description = "A stage of this test",
                Needs = SettingParts.None,
                FaultExitCode = exitCode,
            };
}
