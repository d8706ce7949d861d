using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>What was approved is what runs.</summary>
public sealed class PlanFileTests(ReleaseWorld world)
{
    [Fact]
    public async Task Refuses_what_is_not_in_the_plan_and_runs_the_plan()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("PlanRelease")).MustExitWith(0).MustPrint("Schema: would change, ").MustPrint("1 migration planned");
        var plan = Path.Combine(release.Root, "artifacts", "plan.json");
        var more = Path.Combine(release.Migrations, "0002_more.sql");
        await File.WriteAllTextAsync(more, "CREATE TABLE more ();\n", Token);

        (await release.BuildAsync("Migrate", "--plan-file", plan))
            .MustExitWith(3)
            .MustPrint("0002_more.sql is pending and not in the plan")
            .MustPrint("Hint: ./build.sh PlanRelease");
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.Empty(release.Manifests);

        File.Delete(more);
        (await release.BuildAsync("Migrate", "--plan-file", plan)).MustExitWith(0).MustPrint($"As planned in {plan}, made at ");
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Rehearses_first_where_that_is_asked_and_has_the_figures_in_one_command()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var page = Path.Combine(release.Root, "artifacts", "plan.md");
        await release.RunAsync("Backup");
        (await release.BuildAsync("PlanRelease", "--rehearse", "--max-wal", "1KiB"))
            .MustExitWith(11).MustPrint("--max-wal allows 1.0 KiB");
        Assert.False(File.Exists(page));

        (await release.BuildAsync("PlanRelease", "--rehearse"))
            .MustExitWith(0)
            .MustPrint("      Rehearsal on a copy of ")
            .MustPrint("      Rehearsed at ")
            .MustPrint("1 migration planned");
        Assert.Contains("- `A restore of the whole database takes ", await File.ReadAllTextAsync(page, Token), StringComparison.Ordinal);
        Assert.Equal(0, await release.CountNewColumnsAsync());

        var plan = Path.Combine(release.Root, "artifacts", "plan.json");
        (await release.BuildAsync("Migrate", "--plan-file", plan)).MustExitWith(0);
        (await release.BuildAsync("PlanRelease", "--rehearse"))
            .MustExitWith(0).MustPrint("Nothing is pending, so nothing is rehearsed").MustPrint("0 migrations planned");
    }

    [Fact]
    public async Task Needs_a_store_where_it_rehearses_and_none_otherwise()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var without = new Dictionary<string, string?> { ["BACKUP_STORE"] = null };

        (await release.BuildAsync(without, "PlanRelease")).MustExitWith(0).MustPrint("1 migration planned");
        (await release.BuildAsync(without, "PlanRelease", "--rehearse"))
            .MustExitWith(2).MustPrint("BACKUP_STORE environment variable not set");
    }

    [Fact]
    public async Task Refuses_to_run_as_another_role_than_the_plan_s()
    {
        await using var release = await world.NewReleaseAsync(Token);
        (await release.BuildAsync("PlanRelease")).MustExitWith(0);
        var plan = Path.Combine(release.Root, "artifacts", "plan.json");
        var other = world.Server.Target(release.Database);
        var address = $"postgresql://{other.Username}:{other.Password!.Reveal()}@127.0.0.1:{world.Server.Port}/{release.Database}";

        (await release.BuildAsync(new Dictionary<string, string?> { ["DATABASE_URL"] = address }, "Migrate", "--plan-file", plan))
            .MustExitWith(3).MustPrint($"the role is {other.Username}, in the plan {world.Roles.Owner}");
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Has_the_figures_of_the_last_rehearsal_where_that_was_of_the_same_files()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var page = Path.Combine(release.Root, "artifacts", "plan.md");
        (await release.BuildAsync("PlanRelease")).MustExitWith(0)
            .MustPrint("No figures of a rehearsal: there was none yet; ./build.sh PlanRelease --rehearse has them");
        Assert.Contains("## Rehearsal, on a copy\n\n- there was none of these files\n", await File.ReadAllTextAsync(page, Token),
            StringComparison.Ordinal);
        await release.RunAsync("Backup");
        (await release.BuildAsync("Rehearse", "--max-wal", "1KiB")).MustExitWith(11);

        (await release.BuildAsync("PlanRelease")).MustExitWith(0).MustPrint("      Rehearsed at ");
        var text = await File.ReadAllTextAsync(page, Token);
        Assert.Contains("- **refused**: `", text, StringComparison.Ordinal);
        Assert.Contains("--max-wal allows 1.0 KiB", text, StringComparison.Ordinal);
        await release.RunAsync("Rehearse");
        (await release.BuildAsync("PlanRelease")).MustExitWith(0);
        text = await File.ReadAllTextAsync(page, Token);
        Assert.DoesNotContain("**refused**", text, StringComparison.Ordinal);
        Assert.Contains("- `A restore of the whole database takes ", text, StringComparison.Ordinal);

        await File.AppendAllTextAsync(Directory.GetFiles(release.Migrations, "*s.sql")[0], "\n-- changed\n", Token);
        (await release.BuildAsync("Migrate", "--plan-file", Path.Combine(release.Root, "artifacts", "plan.json"))).MustExitWith(3);
        (await release.BuildAsync("PlanRelease")).MustExitWith(0).MustPrint("No figures of a rehearsal: the last one, at ");
    }
}
