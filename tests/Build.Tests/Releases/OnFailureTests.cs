using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>A release that fails after its commit, with what it was told for that.</summary>
[Long]
[Collection(nameof(RestoringCollection))]
public sealed partial class OnFailureTests(ReleaseWorld world)
{
    private const string Breaking = "ALTER TABLE \"user\" RENAME COLUMN password_hash TO secret_hash;\n";
    private const string Mending = "ALTER TABLE \"user\" RENAME COLUMN secret_hash TO password_hash;\n";

    [Fact]
    public async Task Names_both_ways_back_with_what_each_would_lose_and_goes_neither()
    {
        await using var release = await ReleasedAsync(Mending + "ALTER TABLE \"user\" DROP max_reports;\n");

        var outcome = await release.BuildAsync("Migrate", "--smoke-deadline", "1s");

        var backup = release.NewestBackup;
        outcome.MustExitWith(9)
            .MustPrint("Committed and in force: 0002_break. Two ways back:")
            .MustPrint($"./build.sh Rollback --to 1 --confirm {release.Database}")
            .MustPrint("\"user\".max_reports: 0 of 15 rows with another value than the default")
            .MustPrint($"./build.sh Restore --backup {backup} --confirm {release.Database}")
            .MustPrint("  every write since ");
        Assert.Equal("1,2", await AppliedAsync(release));
    }

    [Fact]
    public async Task Rolls_back_what_was_rehearsed_logs_in_and_keeps_the_failure()
    {
        await using var release = await ReleasedAsync(Mending);

        (await release.BuildAsync("Migrate", "--rehearse", "--on-failure", "rollback", "--smoke-deadline", "1s"))
            .MustExitWith(9)
            .MustPrint("Going back by rollback, as --on-failure says")
            .MustPrint("Way back: went back: 0002_break rolled back behind backup ")
            .MustPrint("; login after it 200")
            .MustPrint($"{release.Database} is as before 0002_break: rolled back is 0002_break");

        Assert.Equal("1", await AppliedAsync(release));
        Assert.Contains(
            "went back: 0002_break rolled back behind backup ", await NewestRecordAsync(release), StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(release.Root, ".nuke", "temp")));
    }

    [Fact]
    public async Task Restores_the_backup_that_was_rehearsed_logs_in_and_keeps_the_failure()
    {
        await using var release = await ReleasedAsync(null);
        var target = world.Server.Target(release.Database);
        var superuser = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] =
                $"postgresql://{target.Username}:{target.Password!.Reveal()}@127.0.0.1:{world.Server.Port}/{target.Database}",
        };

        var outcome = await release.BuildAsync(
            superuser, "Migrate", "--rehearse", "--on-failure", "restore", "--end-sessions", "--smoke-deadline", "1s");

        outcome.MustExitWith(9)
            .MustPrint("Going back by restore, as --on-failure says")
            .MustPrint($" restored as {release.Database} in ")
            .MustPrint("; login after it 200");
        Assert.Equal("1", await AppliedAsync(release));
        await world.Server.Target("postgres").ExecuteAsync($"DROP DATABASE {OldName().Match(outcome.Output).Value}", Token);
    }

    [Fact]
    public async Task Says_that_the_way_back_failed_and_names_both_ways()
    {
        await using var release = await ReleasedAsync(null);

        (await release.BuildAsync("Migrate", "--rehearse", "--on-failure", "restore", "--smoke-deadline", "1s"))
            .MustExitWith(9)
            .MustPrint("Way back: failed: The role ")
            .MustPrint(" may not make databases, and a backup is restored into a new one. Nothing was touched.")
            .MustPrint("Committed and in force: 0002_break. Two ways back:")
            .MustPrint("Migration 0002_break has no rollback script in ");

        Assert.Equal("1,2", await AppliedAsync(release));
    }

    [Fact]
    public async Task Refuses_at_the_beginning_a_way_back_that_nobody_will_have_tried()
    {
        await using var release = await ReleasedAsync(null);

        (await release.BuildAsync("Migrate", "--on-failure", "rollback")).MustExitWith(2)
            .MustPrint("--on-failure rollback needs --rehearse: what was not tried in this release is not done by itself");
        (await release.BuildAsync("Migrate", "--rehearse", "--on-failure", "rollback")).MustExitWith(2)
            .MustPrint("--on-failure rollback, and 0002_break.sql cannot be rolled back: no rollback script. Nothing was touched");

        Assert.Equal("1", await AppliedAsync(release));
    }

    private async Task<ReleaseUnderTest> ReleasedAsync(string? rollback)
    {
        var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_break.sql"), Breaking, Token);
        if (rollback is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_break.rollback.sql"), rollback, Token);
        }

        return release;
    }

    private static Task<object?> AppliedAsync(ReleaseUnderTest release)
        => release.ScalarAsync("SELECT string_agg(version::text, ',' ORDER BY version) FROM belay.migration");

    private static Task<string> NewestRecordAsync(ReleaseUnderTest release)
        => File.ReadAllTextAsync(release.Pages[^1], Token);

    [GeneratedRegex("[a-z0-9_]+_replaced_[0-9]{8}_[0-9]{6}")]
    private static partial Regex OldName();
}
