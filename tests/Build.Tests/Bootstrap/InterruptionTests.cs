using System.Runtime.InteropServices;

namespace Build.Tests.Bootstrap;

/// <summary>A signal that comes while <c>build.sh</c> compiles ends the compiler too, which would keep the next run waiting.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly ScriptedDotnet dotnet = new();

    public void Dispose() => dotnet.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task A_signal_ends_the_compiler_and_the_next_run_neither_waits_nor_takes_what_it_left(PosixSignal signal, int exitCode)
    {
        dotnet.Answer("hold", "");
        using var interrupted = Support.RunningBuild.Start(dotnet.Command("First"));
        while (!dotnet.IsCompiling)
        {
            await Task.Delay(20, Token);
        }

        interrupted.Signal(signal);

        (await interrupted.EndAsync(Token)).MustExitWith(exitCode).MustNotPrint("no assembly").MustNotPrint("<First>");
        Assert.Equal("restore build", dotnet.TakeCalls());
        Assert.Empty(dotnet.Running());
        dotnet.Withdraw("hold");
        (await dotnet.RunAsync("Second")).MustExitWith(0).MustPrint("<Second>").MustNotPrint("waiting for it");
        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task A_compiler_that_stops_without_a_word_is_not_taken_for_one_that_is_done()
    {
        dotnet.Answer("silent", "");

        (await dotnet.RunAsync("Migrate")).MustExitWith(1).MustPrint(
            "build/_build.csproj could not be compiled: the compiler stopped before it was done.\nHint: type the command again\n");
    }
}
