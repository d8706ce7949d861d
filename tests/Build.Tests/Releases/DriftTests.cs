using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class DriftTests(ReleaseWorld world)
{
    [Fact]
    public async Task Shows_what_a_release_changed_and_what_somebody_changed_after_it()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Migrate")).MustExitWith(0)
            .MustPrint("Schema: 4 lines added, 0 removed").MustPrint("  + column public.\"user\".max_reports integer not null default 5");
        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("Schema: equal now to what release behind backup");
        await release.ExecuteAsync("CREATE INDEX hot_fix ON \"user\" (max_reports)");

        (await release.BuildAsync("Preflight"))
            .MustExitWith(0)
            .MustPrint("The schema is not as it was left on")
            .MustPrint("  + index public.hot_fix CREATE INDEX hot_fix");
        (await release.BuildAsync("Preflight", "--drift", "refuse")).MustExitWith(3).MustPrint("hot_fix").MustPrint("--drift warn");
        (await release.BuildAsync("Preflight", "--drift", "ignore")).MustExitWith(0).MustNotPrint("hot_fix");
        (await release.BuildAsync("Status"))
            .MustExitWith(0)
            .MustPrint("Schema: differs from what release behind backup")
            .MustPrint("  + index public.hot_fix");
        (await release.BuildAsync("Preflight", "--drift", "never"))
            .MustExitWith(2)
            .MustPrint("--drift is \"never\": it must be refuse, warn or ignore");
    }

    [Fact]
    public async Task Takes_the_schema_of_a_baseline_as_given()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Baseline", "--migration-version", "1")).MustExitWith(0);

        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("Schema: equal now to what baseline at version 1 left");
    }
}
