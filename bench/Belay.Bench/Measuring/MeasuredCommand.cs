using System.Diagnostics;
using System.Text.Json;

namespace Belay.Bench.Measuring;

/// <summary>Runs a command in a process of its own that does nothing but measure it, so that runs do not share a peak.</summary>
internal static class MeasuredCommand
{
    /// <summary>The word on this program's command line that makes it the measuring process.</summary>
    public const string Verb = "measure";

    /// <summary>Starts the measuring process and reads what it measured.</summary>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <exception cref="BenchException">The command failed; its last words are in the message.</exception>
    public static async Task<Measurement> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [Verb, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0 || output.Length == 0)
        {
            throw new BenchException($"{command[0]} could not be measured: {await errors}");
        }

        var measurement = JsonSerializer.Deserialize<Measurement>(output.Trim().Split('\n')[^1])!;
        return measurement.ExitCode == 0
            ? measurement
            : throw new BenchException($"{command[0]} ended with {measurement.ExitCode}: {await errors}");
    }

    /// <summary>The measuring process itself: runs the command, its output thrown away, and prints the measurement as JSON.</summary>
    public static async Task<int> MeasureAsync(IReadOnlyList<string> command)
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await process.WaitForExitAsync();
        var (cpuSeconds, peakBytes) = ChildUsage.Read();
        Console.WriteLine(
            JsonSerializer.Serialize(
                new Measurement(Stopwatch.GetElapsedTime(begun).TotalSeconds, cpuSeconds, peakBytes, process.ExitCode)));
        return 0;
    }
}
