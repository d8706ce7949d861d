using Belay.History;
using Belay.Preflight;
using Belay.Sql;
using Belay.Verification;
using Belay.Watching;
using Belay.Watching.Activity;
using Belay.Watching.Logs;
using Npgsql;

namespace Belay.Releases.Work;

/// <summary>Watches a release after its end; what that is held against is looked at before its migrations.</summary>
internal static class WatchStage
{
    /// <summary>Begins to look before anything is touched, where the run watches afterwards.</summary>
    public static async Task BeginAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Request.Watches)
        {
            run.BeforeWatch = new WatchBaseline(run.TimeProvider);
            await TrySampleAsync(run, cancellationToken);
        }
    }

    /// <summary>Looks once more, and opens the session that stays open, right before the migrations run. It stops none.</summary>
    /// <param name="pending">The migrations that will run.</param>
    public static async Task PrepareAsync(ReleaseRun run, IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        if (run.BeforeWatch is not { } before)
        {
            return;
        }

        await TrySampleAsync(run, cancellationToken);
        try
        {
            var tables = new PendingScripts(pending, definitionsRunCode: false).Altered.Select(found => InStatement(found.Table)).ToList();
            before.Session = await EarlierSession.OpenAsync(run.Connector, tables, cancellationToken);
            before.SessionFault = before.Session.Count > 0 ? null : "the migrations' words name no table that was there and could be read";
        }
        catch (Exception fault) when (fault is NpgsqlException or BelayException)
        {
            before.SessionFault = HarmlessText.Of(fault.Message);
        }
    }

    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var watcher = new Watcher(await RequestAsync(run, cancellationToken), run.Output, run.TimeProvider);
        run.Output.Line($"Watching for {Quantity.Duration(run.Settings.Watch.For)}");
        try
        {
            await watcher.RunAsync(cancellationToken);
        }
        finally
        {
            run.Record.Watched(watcher.Seen);
            watcher.Seen.Lines().ToList().ForEach(run.Output.Line);
        }

        return watcher.Seen.Summary();
    }

    private static async Task<WatchRequest> RequestAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var files = run.Settings.Migrator is null ? run.ReadMigrations() : [];
        var applied = run.Record.Applied.Count > 0 ? run.Record.Applied : Newest(await HistoryReading.AppliedAsync(run, cancellationToken));
        var watched = files.Where(file => applied.Any(row => row.IsOf(file))).ToList();
        return new WatchRequest
        {
            Settings = run.Settings.Watch,
            Connector = run.Connector,
            Logins = run.Settings.Smoke is null ? [] : run.Logins,
            Checks = token => ChecksAsync(run, token),
            Names = new WatchedNames([.. TablesOf(watched), .. ColumnsOf(run)]),
            Before = run.BeforeWatch,
        };
    }

    private static Task<VerificationReport> ChecksAsync(ReleaseRun run, CancellationToken cancellationToken)
        => VerifyStage.ReadAsync(run, cancellationToken);

    /// <summary>What the newest release applied: the migrations that stand behind the backup of the newest of them.</summary>
    private static IReadOnlyList<AppliedMigration> Newest(IReadOnlyList<AppliedMigration> applied)
        => applied.MaxBy(row => row.AppliedUtc) is { } newest ? [.. applied.Where(row => row.BackupId == newest.BackupId)] : [];

    private static IEnumerable<string> TablesOf(IReadOnlyList<Migration> migrations)
    {
        var scripts = new PendingScripts(migrations, definitionsRunCode: false);
        return scripts.Altered.Concat(scripts.Placed).Select(found => found.Table.Name);
    }

    /// <summary>The columns that came, went or changed, from lines like <c>+ column public."user".max_reports integer</c>.</summary>
    private static IEnumerable<string> ColumnsOf(ReleaseRun run)
        => (run.Watch.Difference?.Lines ?? [])
            .Select(line => line.Split(' ', 4))
            .Where(words => words is [_, "column", _, ..])
            .Select(words => words[2].Split('.')[^1].Trim('"'));

    /// <summary>A table's name as it stands in a statement.</summary>
    public static string InStatement(TableReference table)
        => table.Schema is { } schema ? $"{SqlName.Quote(schema)}.{SqlName.Quote(table.Name)}" : SqlName.Quote(table.Name);

    private static async Task TrySampleAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        try
        {
            run.BeforeWatch!.Activity.Add(await run.Connector.ReadAsync(
                "watch", connection => ActivitySample.ReadAsync(connection, run.TimeProvider, cancellationToken), cancellationToken));
        }
        catch (BelayException)
        {
            // Then there is no rate of before; whatever keeps the server away stops the release by itself.
            return;
        }
    }
}
