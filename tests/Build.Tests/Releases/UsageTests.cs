using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class UsageTests(ReleaseWorld world)
{
    [Fact]
    public async Task Without_settings_every_missing_one_is_named_at_once_and_nothing_is_touched()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var nothing = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = null,
            ["BACKUP_STORE"] = null,
            ["SMOKE_URL"] = null,
            ["SMOKE_USERNAME"] = null,
            ["SMOKE_PASSWORD"] = null,
        };

        var outcome = await release.BuildAsync(nothing, "Migrate", "--retention-days", "never");

        outcome.MustExitWith(2)
            .MustPrint("DATABASE_URL environment variable not set")
            .MustPrint("BACKUP_STORE")
            .MustPrint("SMOKE_URL")
            .MustPrint("never")
            .MustPrint("Hint: ")
            .MustPrint("export DATABASE_URL=\"postgresql://user:password@host:port/database\"");
    }

    [Fact]
    public async Task Settings_may_stand_in_a_file_and_the_environment_goes_before_it()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var lines = release.Environment.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={pair.Value}");
        await File.WriteAllLinesAsync(Path.Combine(release.Root, ".env"), lines, Token);
        var withoutDatabase = new Dictionary<string, string?> { ["DATABASE_URL"] = null, ["BACKUP_STORE"] = null };

        (await release.BuildAsync(withoutDatabase, "Status")).MustExitWith(0).MustPrint(release.Database);
        (await release.BuildAsync(new Dictionary<string, string?> { ["DATABASE_URL"] = "mysql://host/app" }, "Status"))
            .MustExitWith(2)
            .MustPrint("mysql");
    }

    [Theory]
    [InlineData("Migrat")]
    [InlineData("Migrate", "--chnage-ticket", "T1")]
    [InlineData("Migrate", "--skip", "Bakcup")]
    [InlineData("Migrate", "--skip", "Migrate")]
    [InlineData("Verify", "--dry-run")]
    [InlineData("Migrate", "--retention-days=7x")]
    public async Task A_typing_error_is_refused_before_anything_runs(params string[] arguments)
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(arguments)).MustExitWith(2).MustPrint("Hint: ");
        Assert.Empty(release.StoredFiles);
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task No_secret_is_in_output_records_manifests_or_logs()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var passwords = release.Environment["DATABASE_URL"]!
            .Split(':', '@')
            .Where(part => part.StartsWith("owner-", StringComparison.Ordinal))
            .ToArray();

        var outcome = await release.BuildAsync("Migrate", "--verbosity", "verbose");

        outcome.MustExitWith(0).MustNotPrint(Assert.Single(passwords)).MustNotPrint("testpass");
        var text = Directory.EnumerateFiles(release.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.DoesNotContain(text, content => content.Contains(passwords[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_fails_with_8_and_the_smoke_test_with_9()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("SmokeTest", "--smoke-deadline", "5s"))
            .MustExitWith(9)
            .MustPrint("column user.clear_previous_anomalies does not exist");
        await release.RunAsync("Migrate");
        await release.ExecuteAsync("ALTER TABLE \"user\" ALTER max_reports SET DEFAULT 6");

        (await release.BuildAsync("Verify")).MustExitWith(8).MustPrint("expected 5").MustPrint("6");
    }
}
