using Belay.Migrations.Observation;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Looks, on a connection of its own, whether the migration waits for a lock: says for whom,
/// and gives its place up when too many wait behind it.</summary>
internal sealed class LockWatcher : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(400);

    /// <summary>What waits is read from the locks, which every role may see; of other roles' sessions it may not see what they wait
    /// for.</summary>
    private const string Question = $"""
        SELECT string_agg(format('pid %s (%s, %s, for %s s)', a.pid, coalesce(nullif(a.application_name, ''), 'no name'), {LockOutlook.State},
                   coalesce(round(extract(epoch FROM clock_timestamp() - coalesce(a.query_start, a.backend_start))::numeric, 1)::text, 'some')),
                   ', ' ORDER BY a.pid),
               (SELECT count(DISTINCT w.pid) FROM pg_catalog.pg_locks w WHERE NOT w.granted AND $1 = ANY (pg_blocking_pids(w.pid))),
               (SELECT {LockOutlook.Target} FROM pg_catalog.pg_locks l WHERE l.pid = $1 AND NOT l.granted LIMIT 1),
               (SELECT l.mode FROM pg_catalog.pg_locks l WHERE l.pid = $1 AND NOT l.granted LIMIT 1)
        FROM pg_catalog.pg_stat_activity a
        WHERE a.pid = ANY (pg_blocking_pids($1))
        """;

    private readonly RunContext context;
    private readonly MigrationSession session;
    private readonly string fileName;
    private readonly LockOutlook outlook;
    private readonly ITimer begin;
    private readonly CancellationTokenSource stop;
    private Task? task;

    /// <summary>Starts to watch an attempt; anything but a timer is there only when it lasts.</summary>
    public LockWatcher(WatchedAttempt attempt, CancellationToken cancellationToken)
    {
        (context, session, fileName, outlook) = (attempt.Context, attempt.Session, attempt.FileName, attempt.Patience.Outlook);
        var firstLook = attempt.Patience.Limit / 2 < PollInterval ? attempt.Patience.Limit / 2 : PollInterval;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        begin = context.TimeProvider.CreateTimer(_ => task = WatchAsync(), null, firstLook, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the watcher cancelled the statement for the sake of those who waited behind it.</summary>
    public bool GaveUp { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await begin.DisposeAsync();
        if (task is { } watching)
        {
            await stop.CancelAsync();
            await watching;
        }

        stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            await using var connection = await context.Connector.OpenAsync("lock watcher", stop.Token);
            string? announced = null;
            while (!GaveUp)
            {
                announced = await LookAsync(connection, announced);
                await Task.Delay(PollInterval, context.TimeProvider, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException)
        {
            context.Output.Line($"Cannot watch for locks: {exception.Message}");
        }
    }

    private async Task<string?> LookAsync(NpgsqlConnection connection, string? announced)
    {
        var (blockers, victims) = await AskAsync(connection);
        if (blockers is null && !(context.IsDryRun && victims > context.Settings.MaximumVictims))
        {
            return null;
        }

        var key = $"{string.Join(',', (blockers ?? "").Split("pid ").Select(part => part.Split(' ')[0]))} {victims}";
        if (blockers is not null && key != announced)
        {
            Tell(
                $"{fileName}:{session.Current?.Position.Line} waits for a lock held by {blockers}; "
                    + $"{Quantity.Count(victims, "session waits", "sessions wait")} behind it");
        }

        if (victims > context.Settings.MaximumVictims)
        {
            GaveUp = true;
            Tell(
                $"{fileName} gives up its place: {Quantity.Count(victims, "session waits", "sessions wait")} behind it, more than "
                    + $"{context.Settings.MaximumVictims}");
            await connection.ExecuteAsync($"SELECT pg_cancel_backend({session.ProcessId})", stop.Token);
        }

        return key;
    }

    private void Tell(string text)
    {
        context.Output.Line(text);
        context.Trace?.Wait(text);
    }

    private async Task<(string? Blockers, long Victims)> AskAsync(NpgsqlConnection connection)
    {
        var (blockers, victims, target, mode) = (await connection.RowsAsync(
            new SqlQuery(Question, session.ProcessId),
            reader => (reader.TextOrNull(0), reader.GetInt64(1), reader.TextOrNull(2), reader.TextOrNull(3)),
            stop.Token)).Single();
        if (target is not null && mode is not null)
        {
            outlook.Want(new WantedLock(target, mode));
        }

        return (blockers, victims);
    }
}
