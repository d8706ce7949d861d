using System.Diagnostics;
using System.Runtime.Versioning;

namespace Belay.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class ProcessIdentityTests
{
    [Fact]
    public async Task Ends_a_process_with_its_children_and_one_that_has_ended_not_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs sh.");
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", "sleep 600 & echo $!; wait"]) { RedirectStandardOutput = true })!;
        var child = ProcessIdentity.Of(int.Parse((await process.StandardOutput.ReadLineAsync(Token))!))!;
        var identity = ProcessIdentity.Of(process.Id)!;

        identity.Kill();
        await process.WaitForExitAsync(Token);

        Assert.False(identity.IsRunning);
        Assert.True(
            await new Polling(TimeProvider.System) { Patience = TimeSpan.FromMinutes(1) }.UntilAsync(() => !child.IsRunning, Token));
        identity.Kill();
    }

    [Fact]
    public async Task Leaves_the_process_alone_that_got_the_number_of_one_that_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs cat.");
        using var process = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;

        new ProcessIdentity(process.Id, "another boot").Kill();
        await process.StandardInput.WriteLineAsync("still here");
        process.StandardInput.Close();

        Assert.Equal("still here", await process.StandardOutput.ReadLineAsync(Token));
    }
}
