using Belay.Migrations.Observation;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Looks, without asking for them, whether the locks can be had that an earlier attempt waited for: whoever queues for a lock lets
/// everybody queue who comes after.</summary>
internal sealed class LockOutlook(RunContext context)
{
    /// <summary>An SQL expression that names what a row of pg_locks is about; columns that do not matter for its kind are NULL.</summary>
    public const string Target =
        "concat_ws(' ', l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, "
            + "l.classid, l.objid, l.objsubid)";

    /// <summary>An SQL expression for what a session is doing. To a role that may not see more of it the server shows whose it is, and
    /// that is nobody's for autovacuum.</summary>
    public const string State = "coalesce(a.state, CASE WHEN a.usesysid IS NULL THEN 'autovacuum' ELSE 'of another role' END)";

    /// <summary>Autovacuum gives way by itself, but only to those who queue.</summary>
    private const string Question = $"""
        SELECT l.virtualtransaction, coalesce(format('pid %s (%s, %s, for %s s)', l.pid, coalesce(nullif(a.application_name, ''), 'no name'),
                   {State},
                   coalesce(round(extract(epoch FROM clock_timestamp() - a.xact_start)::numeric)::text, 'some')), 'a prepared transaction')
        FROM pg_catalog.pg_locks l
        JOIN unnest($1::text[], $2::text[]) w(target, mode) ON {Target} = w.target AND l.mode = w.mode
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.granted AND (a.pid IS NULL OR a.usesysid IS NOT NULL)
        """;

    /// <summary>A transaction that is there at two looks is no short one.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<WantedLock> wanted = [];

    /// <summary>Keeps in mind what an attempt waited for.</summary>
    public void Want(WantedLock one) => wanted.Add(one);

    /// <summary>Pauses, and then goes on to pause while a transaction that holds one of the locks lasts.</summary>
    /// <param name="longest">How long to go on at most. Many long transactions one after another would keep a migration away for
    /// ever.</param>
    public async Task PauseAsync(string fileName, TimeSpan pause, TimeSpan longest, CancellationToken cancellationToken)
    {
        var started = context.TimeProvider.GetTimestamp();
        try
        {
            if (wanted.Count > 0 && longest > pause)
            {
                await StandAsideAsync(fileName, pause, longest, cancellationToken);
                return;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnreachableException)
        {
            context.Output.Line($"Cannot look for locks: {exception.Message}");
        }

        var left = pause - context.TimeProvider.GetElapsedTime(started);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, context.TimeProvider, cancellationToken);
    }

    private async Task StandAsideAsync(string fileName, TimeSpan pause, TimeSpan longest, CancellationToken cancellationToken)
    {
        await using var connection = await context.Connector.OpenAsync("lock watcher", cancellationToken);
        var seen = await ReadAsync(connection, cancellationToken);
        await Task.Delay(pause, context.TimeProvider, cancellationToken);
        await new Polling(context.TimeProvider) { Pause = BetweenLooks, Patience = longest - pause }.UntilAsync(
            async () =>
            {
                var now = await ReadAsync(connection, cancellationToken);
                var lasting = now.Where(holder => seen.ContainsKey(holder.Key)).Select(holder => holder.Value).Order().ToList();
                seen = now;
                if (lasting.Count > 0)
                {
                    context.Output.Progress($"{fileName} waits, without queueing, for {string.Join(", ", lasting)}");
                }

                return lasting.Count == 0;
            },
            cancellationToken);
    }

    /// <summary>Who holds what is in the way, by their transactions, which any role may see.</summary>
    private async Task<Dictionary<string, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var hindrances = wanted.SelectMany(one => one.Conflicting.Select(mode => (one.Target, Mode: mode))).ToList();
        var rows = await connection.RowsAsync(
            new SqlQuery(Question, hindrances.Select(one => one.Target).ToArray(), hindrances.Select(one => one.Mode).ToArray()),
            reader => (reader.GetString(0), reader.GetString(1)),
            cancellationToken);
        return rows.GroupBy(row => row.Item1).ToDictionary(group => group.Key, group => group.First().Item2);
    }
}
