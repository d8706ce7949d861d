using Belay.Bench.Measuring;
using Spectre.Console;

namespace Belay.Bench.Backups;

/// <summary>Runs contestants in turn, round after round, so that a slow minute of the machine meets all of them.</summary>
/// <param name="console">Where each run is told.</param>
/// <param name="rounds">How often each runs.</param>
internal sealed class Contest(IAnsiConsole console, int rounds)
{
    /// <summary>Runs all rounds.</summary>
    /// <param name="contestants">Who runs; those left out get no runs.</param>
    /// <exception cref="BenchException">One of them failed.</exception>
    public async Task<IReadOnlyList<ContestResult>> RunAsync(IReadOnlyList<Contestant> contestants, CancellationToken cancellationToken)
    {
        var results = contestants.Select(contestant => new ContestResult(contestant, [], 0)).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            for (var index = 0; index < results.Length; index++)
            {
                if (contestants[index].LeftOut is null)
                {
                    results[index] = await RunOnceAsync(results[index], cancellationToken);
                    Tell(round, results[index]);
                }
            }
        }

        return results;
    }

    private static async Task<ContestResult> RunOnceAsync(ContestResult before, CancellationToken cancellationToken)
    {
        var contestant = before.Contestant;
        var run = await MeasuredCommand.RunAsync(contestant.Command, contestant.Environment, cancellationToken);
        return before with { Runs = [.. before.Runs, run], StoredBytes = await contestant.CollectAsync(cancellationToken) };
    }

    private void Tell(int round, ContestResult result)
    {
        var run = result.Runs[^1];
        console.WriteLine(
            $"round {round}/{rounds}  {result.Contestant.Key,-7} {run.Seconds,7:0.00} s  {run.CpuSeconds,7:0.00} CPU s  "
                + $"{Quantity.Bytes(run.PeakBytes)}");
    }
}
