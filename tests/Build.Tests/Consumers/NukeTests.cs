using System.Runtime.InteropServices;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>The components in another team's build that starts as any build of NUKE does, from their package on.</summary>
public sealed class NukeTests(ReleaseWorld world, ConsumerBuild build) : IClassFixture<ConsumerBuild>
{
    [Fact]
    public async Task Releases_the_team_s_migration_and_runs_the_target_that_hangs_behind_it()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);

        var outcome = await release.RunAsync("Compile Migrate --channel releases");

        outcome.MustExitWith(0).MustPrint("1 migration applied behind backup ").MustPrint("1 check passed")
            .MustPrint("500 column \"currency\" does not exist → 200 with a valid token")
            .MustPrint("team: announced in releases, ***").MustNotPrint(release.Password);
        Assert.True(At(outcome, "team: compiled") < At(outcome, "[1/6]"));
        Assert.True(At(outcome, "[6/6]") < At(outcome, "team: announced"));
        Assert.Contains("\"outcome\": \"succeeded\"", Assert.Single(release.Records()), StringComparison.Ordinal);
        Assert.Empty(release.Leftovers());
        (await release.RunAsync("Status")).MustExitWith(0).MustPrint("Status: 1 applied, 0 pending, 1 backup");
    }

    [Theory]
    [InlineData("Compile Migrate --lock-timeout soon", "--lock-timeout is \"soon\"")]
    [InlineData("Compile Migrate --dry-run maybe", "--dry-run takes true, false or nothing, not \"maybe\"")]
    [InlineData("Compile Migrate --dry-run=true", "--dry-run has an equals sign behind it")]
    [InlineData("Compile Migrate --dry-rnu", "Unknown option --dry-rnu; did you mean --dry-run?")]
    [InlineData("Compile Migrate --skip Bakcup", "--skip has \"Bakcup\", which is no target; did you mean Backup?")]
    [InlineData("Compile Migrate --skip", "")]
    [InlineData("Compile Migrate --continue", "--continue is refused")]
    public async Task Refuses_what_would_not_take_effect_before_the_team_s_own_first_target(string words, string message)
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);

        var outcome = await release.RunAsync(words);

        if (message.Length == 0)
        {
            // Everything that was not typed is left out: then it is the gate that refuses.
            outcome.MustExitWith(5);
        }
        else
        {
            outcome.MustExitWith(2).MustPrint(message).MustPrint("Hint: ").MustNotPrint("team: compiled");
            Assert.Empty(release.Records());
        }

        Assert.False(await release.IsMigratedAsync());
    }

    [Theory]
    [InlineData("DRY_RUN", "perhaps", "DRY_RUN in the environment")]
    [InlineData("CONTINUE", "true", "CONTINUE in the environment would change what the engine runs")]
    [InlineData("NUKE_TARGET", "Status", "NUKE_TARGET in the environment would change what the engine runs")]
    [InlineData("SKIP", "Bakcup", "SKIP in the environment has \"Bakcup\", which is no target; did you mean Backup?")]
    public async Task Refuses_variables_that_would_steer_the_run_or_that_say_nothing(string name, string value, string message)
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);
        release.Export(name, value);

        (await release.RunAsync("Migrate")).MustExitWith(2).MustPrint(message);

        Assert.False(await release.IsMigratedAsync());
    }

    [Fact]
    public async Task The_gate_refuses_without_a_backup_and_the_team_s_own_targets_are_no_business_of_it()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);

        (await release.RunAsync("Migrate --skip Backup")).MustExitWith(5).MustPrint("[ERR]").MustNotPrint("team: announced");
        (await release.RunAsync("Compile --lock-timeout soon --whatever 1")).MustExitWith(0).MustPrint("team: compiled");

        Assert.False(await release.IsMigratedAsync());
        Assert.Contains("\"exitCode\": 5", Assert.Single(release.Records()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_refused_with_what_makes_one()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);
        release.Export("MIGRATIONS", "elsewhere");

        (await release.RunAsync("Migrate")).MustExitWith(2)
            .MustPrint("Migration file not found: there is no folder ")
            .MustPrint("Hint: belay new add_x makes a first one");
        Assert.False(await release.IsMigratedAsync());
    }

    [Fact]
    public async Task A_target_of_the_team_s_that_fails_after_the_release_leaves_the_release_s_record_as_it_is()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);

        (await release.RunAsync("Deploy")).MustExitWith(255).MustPrint("team: compiled").MustPrint("team: the deployment failed")
            .MustPrint("Migration completed successfully!");

        Assert.True(await release.IsMigratedAsync());
        Assert.Contains("\"outcome\": \"succeeded\"", Assert.Single(release.Records()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_of_the_team_s_that_fails_between_two_stages_leaves_one_record_of_a_release_that_did_not_end()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);

        (await release.RunAsync("Warm")).MustExitWith(255).MustPrint("team: nothing to warm").MustNotPrint("completed successfully");

        Assert.True(await release.IsMigratedAsync());
        Assert.Contains("\"outcome\": \"failed\"", Assert.Single(release.Records()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_in_a_migration_rolls_it_back_and_leaves_one_record_that_says_so(PosixSignal signal, int exitCode)
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);
        release.Write("0001_currency.sql", "ALTER TABLE customer ADD COLUMN currency text;\nSELECT pg_sleep(600);\n");
        using var running = release.Start("Migrate");
        await running.UntilPrintedAsync("[6/6]", Token);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);

        running.Signal(signal);

        (await running.EndAsync(Token)).MustExitWith(exitCode).MustNotPrint("completed successfully").MustNotPrint("team: announced");
        var record = Assert.Single(release.Records());
        Assert.Contains("\"outcome\": \"cancelled\"", record, StringComparison.Ordinal);
        Assert.Contains($"\"exitCode\": {exitCode}", record, StringComparison.Ordinal);
        Assert.False(await release.IsMigratedAsync());
    }

    [Fact]
    public async Task A_signal_between_two_stages_ends_the_process_with_one_record_that_says_so()
    {
        await using var release = await ConsumerRelease.NewAsync(world, build);
        (await release.RunAsync("Backup")).MustExitWith(0);
        using var running = release.Start("VerifyBackup CleanupBackups --backup latest");
        await running.UntilPrintedAsync("team: waiting", Token);

        running.Signal(PosixSignal.SIGINT);

        (await running.EndAsync(Token)).MustExitWith(130);
        Assert.Equal(2, release.Records().Count);
        Assert.Contains("\"outcome\": \"cancelled\"", release.Records()[1], StringComparison.Ordinal);
    }

    private static int At(BuildOutcome outcome, string text) => outcome.MustPrint(text).Output.IndexOf(text, StringComparison.Ordinal);
}
