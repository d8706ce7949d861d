using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

/// <summary>As NUKE does it, with what is dangerous in it: the check of arguments stands before.</summary>
[Collection(EngineCollection.Name)]
public sealed class SkipTests
{
    [Theory]
    [InlineData("--skip", "Backup")]
    [InlineData("--skip", "back-up")]
    public void Skips_a_target_and_what_only_it_needs(params string[] arguments)
    {
        var outcome = EngineRun.Of<ChainBuild>(["Migrate", .. arguments]).MustExitWith(0);

        Assert.Equal("Migrate Verify SmokeTest finished:well", outcome.Ran);
        Assert.Equal("Backup Skipped // Skipped: via parameter", outcome.Row("Backup"));
        Assert.Equal("Preflight Skipped // Skipped: because of Backup", outcome.Row("Preflight"));
    }

    [Theory]
    [InlineData("SKIP")]
    [InlineData("NUKE_SKIP")]
    public void Skips_targets_named_in_the_environment(string variable)
        => Assert.Equal(
            "Migrate SmokeTest finished:well",
            EngineRun.With<ChainBuild>(new() { [variable] = "Backup+Verify" }, "Migrate").MustExitWith(0).Ran);

    [Fact]
    public void Skips_all_that_was_not_invoked_when_no_name_follows()
        => Assert.Equal("Migrate finished:well", EngineRun.Of<ChainBuild>("Migrate", "--skip").MustExitWith(0).Ran);

    [Fact]
    public void Keeps_a_dependency_that_was_invoked_itself()
        => Assert.Equal(
            "Preflight Migrate Verify SmokeTest finished:well",
            EngineRun.Of<ChainBuild>("Preflight", "Migrate", "--skip", "Backup").MustExitWith(0).Ran);

    [Fact]
    public void Skips_what_a_skipped_target_triggers()
        => Assert.Equal("finished:well", EngineRun.Of<ChainBuild>("Everything", "--skip", "Migrate").MustExitWith(0).Ran);

    [Fact]
    public void Runs_an_invoked_target_without_its_dependencies_and_ignores_unknown_names()
    {
        Assert.Equal("Migrate finished:well", EngineRun.Of<ChainBuild>("Migrate", "--skip", "Migrate").MustExitWith(0).Ran);
        Assert.Equal("Preflight finished:well", EngineRun.Of<ChainBuild>("Preflight", "--skip", "Bakcup").MustExitWith(0).Ran);
    }
}
