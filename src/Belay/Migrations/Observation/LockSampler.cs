using Belay.Postgres;

namespace Belay.Migrations.Observation;

/// <summary>Looks every few milliseconds at the locks of a statement that no transaction may contain: afterwards they are gone.</summary>
internal sealed class LockSampler(DatabaseConnector connector, int processId, TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<(uint Relation, string Mode), (long First, long Last)> seen = [];

    /// <summary>Runs the statement and looks meanwhile.</summary>
    /// <returns>Each lock with the time between the first and the last look that saw it.</returns>
    public async Task<IReadOnlyDictionary<(uint Relation, string Mode), TimeSpan>> WhileAsync(
        Func<Task> run, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var looking = LookAsync(stop.Token);
        try
        {
            await run();
        }
        finally
        {
            await stop.CancelAsync();
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return seen.ToDictionary(one => one.Key, one => timeProvider.GetElapsedTime(one.Value.First, one.Value.Last));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connector.OpenAsync("statements", cancellationToken);
        while (true)
        {
            var now = timeProvider.GetTimestamp();
            foreach (var held in await StatementTrace.LocksAsync(connection, processId, cancellationToken))
            {
                seen[held] = (seen.TryGetValue(held, out var before) ? before.First : now, now);
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }
}
