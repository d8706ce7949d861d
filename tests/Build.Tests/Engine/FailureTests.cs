using Build.Tests.Engine.Samples;

namespace Build.Tests.Engine;

[Collection(EngineCollection.Name)]
public sealed class FailureTests : IDisposable
{
    private readonly EngineRun engine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Stops_after_a_failure_and_runs_only_what_is_assured()
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--fail-in", "Backup").MustExitWith(-1);

        Assert.Equal("Preflight Backup Cleanup", outcome.Ran);
        Assert.Equal("Backup Failed < 1sec // InvalidOperationException: boom in Backup", outcome.Row("Backup"));
        Assert.Equal("Migrate NotRun", outcome.Row("Migrate"));
        Assert.Equal("Cleanup Succeeded < 1sec", outcome.Row("Cleanup"));
        Assert.Contains("Build failed on 11/22/2026 11:30:48. ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_facts_that_a_failed_target_reported()
        => Assert.Equal(
            "Migrate Failed < 1sec // Migrated: 3, Ticket: T1, InvalidOperationException: boom in Migrate",
            engine.Run<ChainBuild>("Migrate", "--fail-in", "Migrate").MustExitWith(-1).Row("Migrate"));

    [Fact]
    public void Goes_on_after_a_failure_that_may_be_passed_over_but_fails_in_the_end()
        => Assert.Equal("Preflight Backup Migrate Verify SmokeTest Cleanup", engine.Run<ChainBuild>("Migrate", "--fail-in", "Verify").MustExitWith(-1).Ran);

    [Fact]
    public void Prints_the_message_without_a_stack_trace()
    {
        var output = engine.Run<ChainBuild>("Preflight", "--fail-in", "Preflight").MustExitWith(-1).Output;

        Assert.Contains("[ERR] Target Preflight has thrown an exception\nboom in Preflight\nsecond line\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_the_stack_trace_when_asked_for()
        => Assert.Contains(
            $"   at {typeof(ChainBuild).FullName}.Do(String target)",
            engine.Run<ChainBuild>("Preflight", "--fail-in", "Preflight", "--verbosity", "verbose").MustExitWith(-1).Output,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Backup", "Preflight Backup Cleanup")]
    [InlineData("Verify", "Preflight Backup Migrate Verify Cleanup")]
    public void Marks_a_cancelled_target_aborted_and_runs_only_what_is_assured(string target, string ran)
    {
        var outcome = engine.Run<ChainBuild>("Migrate", "--cancel-in", target).MustExitWith(-1);

        Assert.Equal(ran, outcome.Ran);
        Assert.Equal($"{target} Aborted < 1sec // OperationCanceledException: stopped by a signal", outcome.Row(target));
        Assert.Equal("SmokeTest NotRun", outcome.Row("SmokeTest"));
        Assert.Contains($"[ERR] Target {target} was cancelled\nstopped by a signal\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AsTask")]
    [InlineData("AsValue")]
    [InlineData("AsValueTask")]
    [InlineData("AsVoid")]
    [InlineData("AsVoidLate")]
    public void Fails_with_an_asynchronous_action_whatever_overload_it_came_through(string target)
    {
        var outcome = engine.Run<AsyncBuild>(target).MustExitWith(-1);

        Assert.Equal(string.Empty, outcome.Ran);
        Assert.Equal($"{target} Failed < 1sec // InvalidOperationException: failed later", outcome.Row(target));
    }

    [Theory]
    [InlineData("InOrder", "one two")]
    [InlineData("Blocking", "blocking after")]
    public void Ends_an_asynchronous_action_before_the_next_starts(string target, string ran)
        => Assert.Equal(ran, engine.Run<AsyncBuild>(target).MustExitWith(0).Ran);

    [Fact]
    public void Calls_every_hook_in_order()
        => Assert.Equal(
            "created initialized:Skipped+Work skipped:Skipped running:Work succeeded:Work finished:well",
            engine.Run<HookBuild>("Work").MustExitWith(0).Ran);

    [Fact]
    public void Calls_the_hooks_of_a_failure()
        => Assert.Equal(
            "created initialized:Skipped+Work skipped:Skipped running:Work failed:Work finished:badly",
            engine.Run<HookBuild>("Work", "--fail").MustExitWith(-1).Ran);

    [Theory]
    [InlineData(7, "--fail")]
    [InlineData(3)]
    public void Returns_the_exit_code_that_the_build_set(int code, params string[] arguments)
        => engine.Run<HookBuild>(["Work", "--code", $"{code}", .. arguments]).MustExitWith(code);
}
