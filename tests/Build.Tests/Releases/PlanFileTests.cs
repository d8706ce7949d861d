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
}
