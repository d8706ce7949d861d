using System.Diagnostics;
using CliWrap;
using Spectre.Console;

namespace Belay.Bench.Rehearsals;

/// <summary>A rehearsal beside the same by hand, in one run.</summary>
/// <param name="bytes">The size of the database, about.</param>
/// <param name="rounds">How often each runs; medians are compared.</param>
internal sealed class RehearsalSuite(long bytes, int rounds, IAnsiConsole console)
{
    private const double Aim = 1.2;

    /// <summary>Makes database and backup, runs both, the other first in every second round, and prints the ratio. Leaves nothing
    /// behind.</summary>
    /// <exception cref="BelayException">A server or a program failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresPlace.OpenAsync(
            Path.Combine(RepositoryRoot.Find(), ".nuke", "temp", "bench-rehearsal"), cancellationToken);
        console.WriteLine($"Making a database of {Quantity.Bytes(bytes)} and its backup …");
        var place = await RehearsalPlace.CreateAsync(postgres, bytes, console, cancellationToken);
        console.WriteLine($"PostgreSQL {postgres.Tools.Version}, {Quantity.Count(Environment.ProcessorCount, "core")}.");
        var (plain, belay) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            List<Func<Task>> turns =
            [
                async () => plain.Add(await TimeAsync(() => new PlainRestore(place).RunAsync(cancellationToken), cancellationToken)),
                async () => belay.Add(await TimeAsync(() => place.RunAsync(["Rehearse"], [], cancellationToken), cancellationToken)),
            ];
            foreach (var turn in round % 2 == 1 ? turns : turns.AsEnumerable().Reverse())
            {
                await turn();
            }

            console.WriteLine($"round {round}/{rounds}  by hand {plain[^1]:0.00} s, Belay {belay[^1]:0.00} s");
        }

        var ratio = Median(belay) / Median(plain);
        console.WriteLine(
            $"Rehearse / (fetch + pg_restore -j + psql -f): {ratio:0.00}; aim {Aim}: {(ratio <= Aim ? "met" : "not met")}");
    }

    /// <summary>What the other left to be written would otherwise be written in this one's time.</summary>
    private static async Task<double> TimeAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        await Cli.Wrap("sync").ExecuteAsync(cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
