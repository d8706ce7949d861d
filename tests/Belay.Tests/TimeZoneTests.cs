using System.Diagnostics;

namespace Belay.Tests;

/// <summary>Runs the whole retention suite in a process whose own time zone is another one.</summary>
public sealed class TimeZoneTests
{
    [Theory]
    [InlineData("Pacific/Apia")]
    [InlineData("Pacific/Pago_Pago")]
    [InlineData("America/New_York")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    public async Task Retention_decides_the_same_in(string zone)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no variable for the time zone.");
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), $"This machine has no data of the time zone {zone}.");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Belay.Tests"),
            ["-namespace", "Belay.Tests.Retention", "-noColor"]) { RedirectStandardOutput = true };
        start.Environment["TZ"] = zone;
        start.Environment["BELAY_TEST_ZONE"] = zone;
        using var suite = Process.Start(start)!;

        var output = await suite.StandardOutput.ReadToEndAsync(Token);
        await suite.WaitForExitAsync(Token);

        Assert.True(suite.ExitCode == 0, output);
        Assert.Matches("Total: [0-9]{2,}, Errors: 0, Failed: 0", output);
    }
}
