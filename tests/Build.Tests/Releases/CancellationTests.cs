using System.Text.Json;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Belay.Reporting;
using Build.Tests.Support;
using Npgsql;

namespace Build.Tests.Releases;

/// <summary>A signal in the middle of each target, and what database and store hold afterwards.</summary>
public sealed class CancellationTests(ReleaseWorld world)
{
    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task A_signal_in_the_middle_of_a_dump_leaves_no_backup_and_no_session(PosixSignal signal, int exitCode)
    {
        await using var release = await world.NewReleaseAsync(Token);
        await using var blocker = await BlockAsync(release);
        using var running = release.Start("Backup", "--backup-lock-wait", "10min");
        await UntilAsync(() => WaitsForLockAsync(release, "backup"), running);

        running.Signal(signal);

        (await running.EndAsync(Token)).MustExitWith(exitCode);
        Assert.Empty(release.StoredFiles);
        await blocker.DisposeAsync();
        await UntilAsync(async () => await release.CountBelaySessionsAsync() == 0, running);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "release-*.json"));
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_preflight_ends_it_though_the_server_never_answers()
    {
        await using var release = await world.NewReleaseAsync(Token);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"postgresql://owner@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/app?connect_timeout=600";
        using var running = release.Start(new Dictionary<string, string?> { ["DATABASE_URL"] = address }, "Migrate");
        using var accepted = await silent.AcceptSocketAsync(Token);

        running.Signal(PosixSignal.SIGTERM);

        (await running.EndAsync(Token)).MustExitWith(143).MustPrint("Cancelled by a signal");
        Assert.Empty(release.Manifests);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "release-*.json"));
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_rollback_leaves_the_migration_applied()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0001_add_user_analysis_preferences.rollback.sql"),
            "ALTER TABLE \"user\" DROP COLUMN max_reports;\nSELECT pg_sleep(600);\n",
            Token);
        using var running = release.Start("Rollback", "--confirm", release.Database);
        await UntilAsync(() => IsSleepingAsync(release), running);

        running.Signal(PosixSignal.SIGTERM);

        (await running.EndAsync(Token)).MustExitWith(143);
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Equal(1L, await release.ScalarAsync("SELECT count(*) FROM belay.migration"));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task A_signal_in_the_middle_of_a_migration_rolls_it_back_and_leaves_one_record_that_says_so(
        PosixSignal signal, int exitCode)
    {
        await using var release = await world.NewReleaseAsync(Token);
        using var running = await StartSlowMigrationAsync(release);

        running.Signal(signal);

        var outcome = await running.EndAsync(Token);
        outcome.MustExitWith(exitCode).MustPrint("; the release CANCELLED, exit code ").MustNotPrint("completed successfully");
        Assert.Equal(1, outcome.Output.Split(" CANCELLED").Length - 1);
        Assert.Equal((ReleaseOutcome.Cancelled, exitCode), await OnlyRecordAsync(release));
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Equal(false, await release.ScalarAsync("SELECT to_regclass('half') IS NOT NULL"));
        Assert.Equal(1L, await release.ScalarAsync("SELECT count(*) FROM belay.migration"));
    }

    [Theory]
    [InlineData(PosixSignal.SIGHUP, 129)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task A_signal_that_comes_twice_at_once_counts_as_one(PosixSignal signal, int exitCode)
    {
        await using var release = await world.NewReleaseAsync(Token);
        using var running = await StartSlowMigrationAsync(release);

        running.Signal(signal);
        running.Signal(signal);

        (await running.EndAsync(Token)).MustExitWith(exitCode);
        Assert.Equal((ReleaseOutcome.Cancelled, exitCode), await OnlyRecordAsync(release));
    }

    [Fact]
    public async Task A_build_killed_in_the_middle_of_a_dump_leaves_nothing_that_counts_and_the_next_run_succeeds()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await using var blocker = await BlockAsync(release);
        using var running = release.Start("Migrate", "--skip", "SmokeTest", "--backup-lock-wait", "10min");
        await UntilAsync(() => WaitsForLockAsync(release, "backup"), running);

        running.KillHard();

        (await running.EndAsync(Token)).MustExitWith(137);
        await blocker.DisposeAsync();
        await UntilAsync(async () => await release.CountBelaySessionsAsync() == 0, running);
        Assert.Empty(release.Manifests);
        await release.RunAsync("Migrate");
        Assert.Single(release.Manifests);
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task A_build_killed_in_the_middle_of_a_migration_leaves_the_database_as_before_and_the_next_run_succeeds()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var slow = Path.Combine(release.Migrations, "0002_slow.sql");
        await File.WriteAllTextAsync(slow, "CREATE TABLE half (id int);\nSELECT pg_sleep(600);\n", Token);
        using var running = release.Start("Migrate");
        await UntilAsync(() => IsSleepingAsync(release), running);

        running.KillHard();

        (await running.EndAsync(Token)).MustExitWith(137);

        // The server looks for its client every two seconds, though the statement runs.
        await UntilAsync(async () => await release.CountBelaySessionsAsync() == 0, running);
        Assert.Equal(false, await release.ScalarAsync("SELECT to_regclass('half') IS NOT NULL"));
        await File.WriteAllTextAsync(slow, "CREATE TABLE half (id int);\n", Token);
        await release.RunAsync("Migrate");
        Assert.Equal(true, await release.ScalarAsync("SELECT to_regclass('half') IS NOT NULL"));
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_verification_and_of_a_smoke_test_ends_both_at_once()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0001_add_user_analysis_preferences.verify.sql"),
            "-- check: slow\n-- report\nSELECT pg_sleep(600);\n",
            Token);
        using var verify = release.Start("Verify");
        await UntilAsync(() => IsSleepingAsync(release), verify);
        verify.Signal(PosixSignal.SIGTERM);
        (await verify.EndAsync(Token)).MustExitWith(143);

        await using (await BlockAsync(release))
        {
            using var smoke = release.Start("SmokeTest", "--smoke-deadline", "10min");
            await UntilAsync(() => WaitsForLockAsync(release, "login"), smoke);
            smoke.Signal(PosixSignal.SIGTERM);
            (await smoke.EndAsync(Token)).MustExitWith(143);
        }
    }

    /// <summary>Starts a release whose second migration sleeps, and waits until it does.</summary>
    private static async Task<RunningBuild> StartSlowMigrationAsync(ReleaseUnderTest release)
    {
        var slow = Path.Combine(release.Migrations, "0002_slow.sql");
        await File.WriteAllTextAsync(slow, "CREATE TABLE half (id int);\nSELECT pg_sleep(600);\n", Token);
        var running = release.Start("Migrate");
        await UntilAsync(() => IsSleepingAsync(release), running);
        return running;
    }

    private static async Task<(ReleaseOutcome Outcome, int ExitCode)> OnlyRecordAsync(ReleaseUnderTest release)
    {
        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "release-*.json"));
        var record = JsonSerializer.Deserialize<ReleaseRecord>(await File.ReadAllTextAsync(file, Token), ReleaseJson.Options)!;
        return (record.Outcome, record.ExitCode);
    }

    /// <summary>Holds ACCESS EXCLUSIVE on the table, so that whoever reads it stands still.</summary>
    private static async Task<NpgsqlConnection> BlockAsync(ReleaseUnderTest release)
    {
        var connection = await release.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE \"user\" IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private static async Task<bool> WaitsForLockAsync(ReleaseUnderTest release, string who) => await release.ScalarAsync(
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name "
            + $"ILIKE '%{who}%'") is true;

    private static async Task<bool> IsSleepingAsync(ReleaseUnderTest release) => await release.ScalarAsync(
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") is true;

    private static async Task UntilAsync(Func<Task<bool>> condition, RunningBuild running)
    {
        for (var attempt = 0; !await condition(); attempt++)
        {
            Assert.True(attempt < 1200, $"did not happen within two minutes; the build printed:\n{running.Output}");
            await Task.Delay(100, Token);
        }
    }
}
