using System.Text.Json;
using Belay.Reporting;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>What the records of real runs say. That they are as the published schema says is demanded of every release of every
/// test, when it ends.</summary>
[Collection(nameof(RestoringCollection))]
public sealed class RecordTests(ReleaseWorld world)
{
    private const string Talking = """
        DO $$ BEGIN RAISE NOTICE 'adds <b>seats</b>'; END $$;
        ALTER TABLE "user" ADD seats int NOT NULL DEFAULT 1;
        UPDATE "user" SET seats = 2;
        """;

    [Fact]
    public async Task A_release_that_went_well_has_it_all()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await WriteAsync(release, "0002_seats.sql", Talking);

        var environment = new Dictionary<string, string?>(release.Environment)
        {
            ["GITHUB_SHA"] = "c0ffee", ["GITHUB_REF"] = "refs/tags/v1.2.0",
        };

        (await new RunInProcess(release.Root, environment).RunAsync("Migrate", ("max-backup-age", "30min"))).MustExitWith(0);

        var record = Newest(release);
        Assert.Equal((ReleaseOutcome.Succeeded, 0, 2), (record.Outcome, record.ExitCode, record.Migrations.Count));
        Assert.Equal(("c0ffee", "v1.2.0"), (record.Source!.Commit, record.Source.Tag));
        Assert.Equal(("30min", "readback", "5min"), (Setting("max-backup-age"), Setting("proof-level"), Setting("runner-wait")));
        Assert.Contains("PostgreSQL", record.Versions!.Server!, StringComparison.Ordinal);
        Assert.EndsWith(" is committed up to 0002_seats, which is in force", record.Standing, StringComparison.Ordinal);
        Assert.Equal(2, record.NextSteps.Count);
        Assert.Equal((release.Database, 64), (record.Backup!.Database, record.Backup.Sha256!.Length));
        Assert.Equal(["transport", "readback"], record.Backup.Evidence.Select(one => one.Level));
        var script = record.Scripts[^1];
        Assert.Equal(("0002_seats.sql", true), (script.FileName, script.Completed));
        Assert.Equal([1, 2, 3], script.Statements.Select(one => one.Line));
        Assert.Equal(["NOTICE: adds <b>seats</b>"], script.Statements[0].Notices);
        Assert.Equal(15, script.Statements[2].Rows);
        var check = record.Checks[0];
        Assert.Equal(("columns exist with correct definitions", 4L, true), (check.Title, check.ActualCount, check.Passed));
        Assert.Equal(check.Expected.Count, check.Actual.Count);
        Assert.StartsWith("200", record.Login!.After, StringComparison.Ordinal);

        string Setting(string name) => record.Settings[name];
    }

    [Fact]
    public async Task A_refused_release_has_the_findings_and_says_that_nothing_changed()
    {
        await using var release = await world.NewReleaseAsync(Token);
        Directory.Delete(release.Store);

        (await release.EndAsync("Migrate")).MustExitWith(3);

        var record = Newest(release);
        Assert.Equal((ReleaseOutcome.Failed, 3), (record.Outcome, record.ExitCode));
        Assert.EndsWith(" is unchanged", record.Standing, StringComparison.Ordinal);
        Assert.NotEmpty(record.NextSteps);
        Assert.Empty(record.Scripts);
    }

    [Fact]
    public async Task A_failed_migration_has_the_statement_at_which_it_stopped()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await WriteAsync(release, "0002_fails.sql", "SELECT 1;\nSELECT 1 / 0;\nSELECT 2;\n");

        (await release.EndAsync("Migrate")).MustExitWith(6);

        var record = Newest(release);
        Assert.Equal(["0001_add_user_analysis_preferences.sql", "0002_fails.sql"], record.Scripts.Select(script => script.FileName));
        Assert.Equal([true, false], record.Scripts.Select(script => script.Completed));
        Assert.Equal([true, false], record.Scripts[1].Statements.Select(one => one.Completed));
        Assert.EndsWith(
            " is committed up to 0001_add_user_analysis_preferences, which is in force", record.Standing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_a_restore_and_a_cancelled_release_are_on_record()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");

        (await release.EndAsync("Rollback", ("confirm", release.Database))).MustExitWith(0);
        var rollback = Newest(release);
        var beside = $"{release.Database}_beside";
        (await new RunInProcess(release.Root, AsSuperuser(release))
            .RunAsync("Restore", ("backup", rollback.Backup!.Id), ("to-new", beside))).MustExitWith(0);
        var restore = Newest(release);
        await world.Server.Target("postgres").ExecuteAsync($"DROP DATABASE {beside}", Token);
        (await new RunInProcess(release.Root, release.Environment) { InterruptedBefore = "Migrate" }.RunAsync("Migrate")).MustExitWith(130);

        Assert.Equal("0001_add_user_analysis_preferences.rollback.sql", Assert.Single(rollback.Scripts).FileName);
        Assert.EndsWith("rolled back is 0001_add_user_analysis_preferences", rollback.Standing, StringComparison.Ordinal);
        Assert.Equal((ReleaseOutcome.Succeeded, "Restore"), (restore.Outcome, Assert.Single(restore.Targets)));
        Assert.Equal(ReleaseOutcome.Cancelled, Newest(release).Outcome);
    }

    [Fact]
    public async Task The_release_log_has_releases_alone()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.EndAsync("Preflight")).MustExitWith(0);
        (await release.EndAsync("Migrate", ("dry-run", "true"))).MustExitWith(0);
        (await release.EndAsync("Backup")).MustExitWith(0);
        Assert.False(File.Exists(Log(release)));
        (await release.EndAsync("Migrate")).MustExitWith(0);

        Assert.Equal(5, (await File.ReadAllLinesAsync(Log(release), Token)).Length);
        Assert.Equal(4, release.Records.Count);
    }

    private Dictionary<string, string?> AsSuperuser(ReleaseUnderTest release)
    {
        var target = world.Server.Target(release.Database);
        var password = target.Password!.Reveal();
        return new(release.Environment)
        {
            ["DATABASE_URL"] = $"postgresql://{target.Username}:{password}@127.0.0.1:{world.Server.Port}/{target.Database}",
        };
    }

    private static string Log(ReleaseUnderTest release) => Path.Combine(release.Root, "artifacts", "RELEASES.md");

    private static Task WriteAsync(ReleaseUnderTest release, string name, string text)
        => File.WriteAllTextAsync(Path.Combine(release.Migrations, name), text, Token);

    private static ReleaseRecord Newest(ReleaseUnderTest release)
        => JsonSerializer.Deserialize<ReleaseRecord>(File.ReadAllText(release.Records[^1]), ReleaseJson.Options)!;
}
