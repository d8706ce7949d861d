using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class FailureTests
{
    [Fact]
    public void Stops_after_a_failure()
    {
        var outcome = EngineRun.Of<ChainBuild>("Migrate", "--fail-in", "Backup").MustExitWith(-1);

        Assert.Equal("Preflight Backup finished:badly", outcome.Ran);
        Assert.Equal("Backup Failed < 1sec // InvalidOperationException: boom in Backup", outcome.Row("Backup"));
        Assert.Equal("Migrate NotRun", outcome.Row("Migrate"));
        Assert.Contains(
            "[ERR] Target Backup has thrown an exception\nSystem.InvalidOperationException: boom in Backup\nsecond line\n",
            outcome.Output,
            StringComparison.Ordinal);
        Assert.Contains("Build failed on 11/22/2026 11:30:48. ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_for_an_asynchronous_action_and_keeps_the_facts_that_it_reported()
        => Assert.Equal(
            "Migrate Failed < 1sec // Migrated: 3, Ticket: T1",
            EngineRun.Of<ChainBuild>("Migrate", "--fail-in", "Migrate").MustExitWith(-1).Row("Migrate"));

    [Theory]
    [InlineData(7, "--fail-in", "Preflight")]
    [InlineData(3)]
    public void Returns_the_exit_code_that_the_build_set(int code, params string[] arguments)
        => EngineRun.Of<ChainBuild>(["Preflight", "--code", $"{code}", .. arguments]).MustExitWith(code);
}
