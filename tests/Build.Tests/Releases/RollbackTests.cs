using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class RollbackTests(ReleaseWorld world)
{
    [Fact]
    public async Task Warns_with_what_would_be_lost_refuses_without_confirmation_and_rolls_back_with_it()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await release.ExecuteAsync("UPDATE \"user\" SET max_reports = 9 WHERE id <= 2");

        (await release.BuildAsync("Rollback")).MustExitWith(2)
            .MustPrint("DANGER").MustPrint("max_reports").MustPrint($"./build.sh Rollback --confirm {release.Database}");
        (await release.BuildAsync("Rollback", "--confirm", "another")).MustExitWith(2);
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Single(release.Manifests);

        (await release.BuildAsync("Rollback", "--confirm", release.Database)).MustExitWith(0);
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.Equal(2, release.Manifests.Count);

        (await release.BuildAsync("Migrate")).MustExitWith(0);
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }
}
