using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the pages on plan, rehearsal and risks tell to type.</summary>
public sealed class RehearsalPageTests(ReleaseWorld world)
{
    [Fact]
    [Walks("rehearsal.md", "The plan")]
    public Task The_plan() => Walk.RunAsync(world, async walk =>
    {
        (await walk.TypeAsync("./build.sh PlanRelease")).MustExitWith(0);
        Assert.Contains(
            "0001_add_user_analysis_preferences.sql",
            await File.ReadAllTextAsync(Path.Combine(walk.Release.Root, "artifacts", "plan.md"), Token),
            StringComparison.Ordinal);

        await walk.Release.RunAsync("Backup");
        (await walk.TypeAsync("./build.sh PlanRelease --rehearse")).MustExitWith(0).MustPrint("      Rehearsed at ");

        (await walk.TypeAsync("./build.sh Migrate --plan-file artifacts/plan.json")).MustExitWith(0);
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
    });

    [Fact]
    [Walks("rehearsal.md", "The rehearsal")]
    public Task The_rehearsal() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Backup");

        (await walk.TypeAsync("./build.sh Rehearse")).MustExitWith(0);
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());

        (await walk.TypeAsync("./build.sh Migrate --rehearse")).MustExitWith(0);
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
    });

    [Fact]
    [Walks("risks.md", "")]
    public Task Risks() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_drop.sql", "ALTER TABLE \"user\" DROP COLUMN password_hash;");

        (await walk.TypeAsync("./build.sh PlanRelease")).MustExitWith(0).MustPrint("drop-column");
        (await walk.TypeAsync("./build.sh Migrate --dry-run")).MustExitWith(0).MustPrint("drop-column");
    });
}
