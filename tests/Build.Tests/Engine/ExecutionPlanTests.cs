using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class ExecutionPlanTests
{
    [Fact]
    public void Runs_dependencies_before_and_triggered_targets_after()
        => Assert.Equal("Preflight Backup Migrate Verify SmokeTest finished:well", EngineRun.Of<ChainBuild>("Migrate").MustExitWith(0).Ran);

    [Theory]
    [InlineData("smoke-test")]
    [InlineData("SMOKETEST")]
    [InlineData("--target", "SmokeTest")]
    [InlineData("-TARGET", "smoketest")]
    public void Takes_target_names_in_any_case_and_with_dashes(params string[] arguments)
        => Assert.Equal("SmokeTest finished:well", EngineRun.Of<ChainBuild>(arguments).MustExitWith(0).Ran);

    [Theory]
    [InlineData("Verify", "Preflight")]
    [InlineData("Verify+Preflight")]
    [InlineData("--target", "Verify", "Preflight")]
    public void Runs_several_named_targets_in_the_order_of_their_declaration(params string[] arguments)
        => Assert.Equal("Preflight Verify finished:well", EngineRun.Of<ChainBuild>(arguments).MustExitWith(0).Ran);

    [Fact]
    public void Orders_by_After_and_Triggers_and_schedules_nothing_because_of_After()
    {
        Assert.Equal("Middle Last Follower", EngineRun.Of<OrderBuild>("Last", "Middle").MustExitWith(0).Ran);
        Assert.Equal("Last", EngineRun.Of<OrderBuild>("Last").MustExitWith(0).Ran);
    }

    [Fact]
    public void Fails_for_a_target_that_does_not_exist_and_for_a_circle()
    {
        Assert.Equal(
            "Target with name 'Lats' does not exist. Available targets are:\n  - Egg\n  - Follower\n  - Hen\n  - Last\n  - Middle\n",
            EngineRun.Of<OrderBuild>("Lats").MustExitWith(-1).Error);
        Assert.Equal("Circular dependencies between targets: Hen, Egg\n", EngineRun.Of<OrderBuild>("Hen").MustExitWith(-1).Error);
    }

    [Fact]
    public void Skips_by_a_dynamic_condition_after_the_dependencies_ran()
    {
        var outcome = EngineRun.Of<ChainBuild>("Migrate", "--no-smoke-test").MustExitWith(0);

        Assert.Equal("Preflight Backup Migrate Verify finished:well", outcome.Ran);
        Assert.Equal("SmokeTest Skipped // OnlyWhen: !NoSmokeTest", outcome.Row("SmokeTest"));
    }
}
