using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class ExecutionPlanTests : IDisposable
{
    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Runs_dependencies_before_and_triggered_targets_after()
        => Assert.Equal("Preflight Backup Migrate Verify SmokeTest Cleanup", engine.Run<ChainBuild>("Migrate").MustExitWith(0).Ran);

    [Theory]
    [InlineData("smoke-test")]
    [InlineData("SMOKETEST")]
    [InlineData("--target", "SmokeTest")]
    public void Takes_target_names_in_any_case_and_with_dashes(params string[] arguments)
        => Assert.Equal("SmokeTest", engine.Run<ChainBuild>(arguments).MustExitWith(0).Ran);

    [Theory]
    [InlineData("Verify", "Preflight")]
    [InlineData("Verify+Preflight")]
    [InlineData("--target", "Verify", "Preflight")]
    public void Runs_several_named_targets_in_the_order_of_their_declaration(params string[] arguments)
        => Assert.Equal("Preflight Verify", engine.Run<ChainBuild>(arguments).MustExitWith(0).Ran);

    [Fact]
    public void Orders_by_Before_After_DependentFor_and_TriggeredBy()
        => Assert.Equal("Helper First Middle Last Follower", engine.Run<OrderBuild>("Last", "Middle", "First").MustExitWith(0).Ran);

    [Fact]
    public void Before_and_After_do_not_schedule_the_other_target()
        => Assert.Equal("Last", engine.Run<OrderBuild>("Last").MustExitWith(0).Ran);

    [Fact]
    public void Runs_the_default_target_when_none_is_named()
        => Assert.Equal("Preflight Backup", engine.RunWithDefault<ChainBuild>([build => build.Backup]).MustExitWith(0).Ran);

    [Fact]
    public void Shows_the_help_when_there_is_no_target_and_no_default()
    {
        var outcome = engine.Run<ChainBuild>().MustExitWith(0);

        Assert.StartsWith("Targets (with their direct dependencies):", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(string.Empty, outcome.Ran);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("Other")]
    [InlineData("--help")]
    public void Refuses_targets_that_need_each_other_in_a_circle(string argument)
    {
        var outcome = engine.Run<CircularBuild>(argument).MustExitWith(-1);

        Assert.Equal("Circular dependencies between targets:\n - C, B, A\n", outcome.Error);
        Assert.Equal(string.Empty, outcome.Ran);
    }

    [Fact]
    public void Refuses_a_target_that_needs_itself()
        => Assert.Equal("Target 'A' cannot have a dependency on itself\n", engine.Run<SelfishBuild>("A").MustExitWith(-1).Error);

    [Fact]
    public void Plan_prints_the_order_and_the_reasons_and_runs_nothing()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--plan").MustExitWith(0);

        Assert.Equal(
            """
            Execution plan:

               1  Preflight   needed by Backup
               2  Backup      needed by Migrate
               3  Migrate     invoked
               4  Verify      triggered by Migrate
               5  SmokeTest   triggered by Migrate; only when !NoSmokeTest
               6  Cleanup     triggered by Migrate

            """,
            outcome.Output);
    }

    [Fact]
    public void Plan_shows_what_is_skipped_and_why()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--plan", "--no-backup", "--skip", "Verify").MustExitWith(0);

        Assert.Equal(
            """
            Execution plan:

               -  Preflight   skipped because of Backup
               -  Backup      skipped: only when !NoBackup
               1  Migrate     invoked
               -  Verify      skipped via parameter
               2  SmokeTest   triggered by Migrate; only when !NoSmokeTest
               3  Cleanup     triggered by Migrate

            """,
            outcome.Output);
    }
}
