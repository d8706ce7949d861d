using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class HistoryTests(ReleaseWorld world)
{
    private const string File = "0001_add_user_analysis_preferences";

    [Fact]
    public async Task A_database_migrated_by_hand_is_taken_over_and_a_changed_file_is_accepted()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var script = await System.IO.File.ReadAllLinesAsync(
            Path.Combine(release.Migrations, $"{File}.sql"), Token);
        await release.ExecuteAsync(string.Join('\n', script.Where(line => !line.StartsWith('\\'))));

        (await release.BuildAsync("Baseline"))
            .MustExitWith(2)
            .MustPrint("--migration-version is missing")
            .MustPrint("Hint: ./build.sh Status");
        (await release.BuildAsync("Baseline", "--migration-version", "1", "--dry-run"))
            .MustExitWith(0)
            .MustPrint($"  {File}.sql")
            .MustPrint("nothing was changed");
        (await release.BuildAsync("Baseline", "--migration-version", "1", "--reason", "by hand"))
            .MustExitWith(0)
            .MustPrint("1 migration recorded as applied")
            .MustPrint("Release record: ");
        (await release.BuildAsync("Baseline", "--migration-version", "1"))
            .MustExitWith(3)
            .MustPrint("is not empty: it has 1 migration, 1 add_user_analysis_preferences;");
        Assert.Contains(
            Records(release),
            text => text.Contains("## History\n\n- 1 add_user_analysis_preferences: baseline: by hand", StringComparison.Ordinal));
        Assert.Empty(release.StoredFiles);

        await System.IO.File.AppendAllTextAsync(
            Path.Combine(release.Migrations, $"{File}.sql"), "-- reviewed\n", Token);
        (await release.BuildAsync("Preflight"))
            .MustExitWith(3)
            .MustPrint("  + -- reviewed")
            .MustPrint("./build.sh Repair --migration-version 1 --reason \"…\" accepts this one file");
        (await release.BuildAsync("Repair", "--migration-version", "1")).MustExitWith(2).MustPrint("--reason is missing");
        (await release.BuildAsync("Repair", "--version", "1", "--reason", "a comment")).MustExitWith(0).MustPrint("  + -- reviewed");
        (await release.BuildAsync("Status"))
            .MustExitWith(0)
            .MustPrint("baseline: by hand; repaired ")
            .MustPrint(" UTC: a comment")
            .MustNotPrint("changed since");
        (await release.BuildAsync("Migrate")).MustExitWith(0).MustPrint("Nothing to migrate: 1 applied");
    }

    [Fact]
    public async Task A_database_that_another_tool_has_migrated_is_refused_until_its_history_is_adopted()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.ExecuteAsync(
            "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('1'); GRANT SELECT "
                + "ON schema_migrations TO public");
        await System.IO.File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0002_notes.sql"),
            "CREATE TABLE notes (id integer);\n",
            Token);

        (await release.BuildAsync("Migrate")).MustExitWith(3)
            .MustPrint("public.schema_migrations has 1 applied migration of dbmate, and Belay has no history here")
            .MustPrint("./build.sh Adopt --from dbmate records them, so that nothing is applied twice");
        (await release.BuildAsync("Adopt", "--from", "dbmat")).MustExitWith(2).MustPrint("--from is \"dbmat\"");
        (await release.BuildAsync("Adopt", "--dry-run"))
            .MustExitWith(0)
            .MustPrint($"  {File}.sql (1)")
            .MustPrint("Pending afterwards: 0002_notes.sql")
            .MustPrint("nothing was changed");
        (await release.BuildAsync("Adopt", "--from", "dbmate"))
            .MustExitWith(0)
            .MustPrint("1 migration recorded as applied")
            .MustPrint("Release record: ");
        Assert.Contains(
            Records(release),
            text => text.Contains("## History\n\n- 1 add_user_analysis_preferences: adopted from dbmate: 1\n", StringComparison.Ordinal));
        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("adopted from dbmate: 1");
        (await release.BuildAsync("Preflight")).MustExitWith(0).MustPrint("1 migration pending, 1 applied");
        Assert.Empty(release.StoredFiles);
    }

    private static IEnumerable<string> Records(ReleaseUnderTest release)
        => Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "*.md").Select(System.IO.File.ReadAllText);
}
