using Belay.Postgres;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>Two releases of one database at the same time: the second one waits, reads what the first one left,
/// and then asks the gate.</summary>
public sealed class TwoRunnersTests(ReleaseWorld world)
{
    private const string Lock = "SELECT pg_advisory_lock(x'62656C6179'::bigint)";

    private const string Unlock = "SELECT pg_advisory_unlock(x'62656C6179'::bigint)";

    [Fact]
    public async Task Takes_another_backup_when_the_other_runner_changed_the_database_meanwhile()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_more.sql"), "CREATE TABLE more (id integer);", Token);
        await using var other = await release.OpenAsync();
        await other.ExecuteAsync(Lock, Token);
        using var second = release.Start("Migrate", "--runner-wait", "10min");
        await second.UntilPrintedAsync("Waiting for another runner: ", Token);
        Assert.Equal(2, release.Manifests.Count);
        await release.ExecuteAsync(
            """
            INSERT INTO belay.fingerprint (reason, server_major, format, sha256) VALUES ('the other runner', 15, 1, '')
            """);
        await other.ExecuteAsync(Unlock, Token);

        (await second.EndAsync(Token)).MustExitWith(0)
            .MustPrint("does not open the gate any more, so another one is taken.")
            .MustPrint("is not after the last recorded change of the schema (the other runner)")
            .MustPrint("Gate: backup ");
        Assert.Equal(true, await release.ScalarAsync("SELECT to_regclass('more') IS NOT NULL"));
        Assert.Equal(3, release.Manifests.Count);
    }

    [Fact]
    public async Task Says_that_a_new_backup_is_needed_when_this_run_took_none()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Backup");
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_more.sql"), "CREATE TABLE more (id integer);", Token);

        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5)
            .MustPrint(" is not after the last recorded change of the schema (release behind backup ").MustPrint("Hint: ./build.sh Backup");
    }

    [Fact]
    public async Task Refuses_the_backup_from_before_a_rollback()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        (await release.BuildAsync("Rollback", "--confirm", release.Database)).MustExitWith(0).MustPrint("Gate: backup ");

        (await release.BuildAsync("Migrate", "--skip", "Backup"))
            .MustExitWith(5)
            .MustPrint(" is not after the last recorded change of the schema (rollback of 0001_add_user_analysis_preferences)");
    }
}
