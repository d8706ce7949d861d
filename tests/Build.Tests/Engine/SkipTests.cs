using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class SkipTests : IDisposable
{
    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("--skip", "Backup")]
    [InlineData("--skip", "back-up")]
    public void Skips_a_target_and_what_only_it_needs(params string[] arguments)
    {
        var outcome = engine.Run<ChainBuild>(["Migrate", .. arguments]).MustExitWith(0);

        Assert.Equal("Migrate Verify SmokeTest Cleanup", outcome.Ran);
        Assert.Equal("Backup Skipped // Skipped: via parameter", outcome.Row("Backup"));
        Assert.Equal("Preflight Skipped // Skipped: because of Backup", outcome.Row("Preflight"));
    }

    [Theory]
    [InlineData("SKIP")]
    [InlineData("NUKE_SKIP")]
    public void Skips_targets_named_in_the_environment(string variable)
        => Assert.Equal("Migrate Verify SmokeTest Cleanup", engine.With(variable, "Backup").Run<ChainBuild>("Migrate").MustExitWith(0).Ran);

    [Fact]
    public void Skips_targets_named_in_the_parameter_file()
        => Assert.Equal(
            "Migrate SmokeTest Cleanup",
            engine.WithFile(".nuke/parameters.json", """{ "Skip": ["Backup", "Verify"] }""").Run<ChainBuild>("Migrate").MustExitWith(0).Ran);

    [Fact]
    public void Skips_all_that_was_not_invoked_when_no_name_follows()
        => Assert.Equal("Migrate", engine.Run<ChainBuild>("Migrate", "--skip").MustExitWith(0).Ran);

    [Fact]
    public void Keeps_a_dependency_that_was_invoked_itself()
        => Assert.Equal("Preflight Migrate Verify SmokeTest Cleanup", engine.Run<ChainBuild>("Preflight", "Migrate", "--skip", "Backup").MustExitWith(0).Ran);

    [Fact]
    public void Skips_what_a_skipped_target_triggers()
        => Assert.Equal(string.Empty, engine.Run<ChainBuild>("Everything", "--skip", "Migrate").MustExitWith(0).Ran);

    [Fact]
    public void Refuses_to_skip_the_target_that_was_invoked()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--skip", "Migrate").MustExitWith(2);

        Assert.Equal("Target 'Migrate' is both invoked and skipped\nHint: ./build.sh --help lists targets and parameters\n", outcome.Error);
        Assert.Equal(string.Empty, outcome.Ran);
    }

    [Fact]
    public void Refuses_an_unknown_name()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--skip", "Back").MustExitWith(2);

        Assert.StartsWith("Target with name 'Back' does not exist. Available targets are:\n  - Backup\n  - Cleanup\n", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, outcome.Ran);
    }

    [Fact]
    public void Skips_by_a_static_condition_with_what_only_that_target_needs()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--no-backup").MustExitWith(0);

        Assert.Equal("Migrate Verify SmokeTest Cleanup", outcome.Ran);
        Assert.Equal("Backup Skipped // OnlyWhen: !NoBackup", outcome.Row("Backup"));
        Assert.Equal("Preflight Skipped // Skipped: because of Backup", outcome.Row("Preflight"));
    }

    [Fact]
    public void Skips_by_a_dynamic_condition_after_the_dependencies_ran()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--no-smoke-test").MustExitWith(0);

        Assert.Equal("Preflight Backup Migrate Verify Cleanup", outcome.Ran);
        Assert.Equal("SmokeTest Skipped // OnlyWhen: !NoSmokeTest", outcome.Row("SmokeTest"));
    }
}
