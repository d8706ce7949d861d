using Belay.Backups.Catalogue;
using Belay.Checklists;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Sql;
using Npgsql;

namespace Belay.Releases.Work;

/// <summary>Prints the guide's checklists, ticked by what can be seen now and by the newest release's record.</summary>
internal static class ChecklistStage
{
    private const int MostTables = 20;

    private const string CountSessions = """
        SELECT count(*) FROM pg_catalog.pg_stat_activity
        WHERE datname = pg_catalog.current_database() AND coalesce(backend_type, 'client backend') = 'client backend'
            AND usesysid IS NOT NULL AND application_name NOT LIKE 'belay %'
        """;

    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var facts = await SeeStoreAsync(run, await SeeDatabaseAsync(run, cancellationToken), cancellationToken);
        facts = facts with { Newest = await NewestRecord.FindAsync(run, facts.StoreFault is null, cancellationToken) };
        ChecklistText.Lines(facts).ToList().ForEach(line => run.Output.Line(line.Text, line.Tone));
        return ChecklistText.Summary(facts);
    }

    private static async Task<ChecklistFacts> SeeDatabaseAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var facts = new ChecklistFacts
        {
            NowUtc = run.TimeProvider.GetUtcNow(),
            MaximumAge = run.Settings.Backup.MaximumAge,
            Webhooks = run.Settings.Webhooks.Count,
            Database = run.Settings.Database?.DisplayName,
        };
        if (facts.Database is null)
        {
            return facts with { DatabaseFault = "DATABASE_URL is not set" };
        }

        try
        {
            var applied = await HistoryReading.AppliedAsync(run, cancellationToken);
            return await run.Connector.ReadAsync(
                "checklist",
                connection => SeeAsync(run, facts with { Applied = applied }, connection, cancellationToken),
                cancellationToken);
        }
        catch (BelayException fault)
            when (fault is DatabaseUnreachableException or DatabaseUnreadableException or History.MigrationException)
        {
            return facts with { DatabaseFault = fault.Message.Split('\n')[0] };
        }
    }

    private static async Task<ChecklistFacts> SeeAsync(
        ReleaseRun run, ChecklistFacts facts, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        facts = facts with
        {
            ServerVersion = connection.PostgreSqlVersion,
            Sessions = (long)(await connection.ScalarAsync(CountSessions, cancellationToken))!,
        };
        if (!Directory.Exists(run.Settings.Migrations.Folder))
        {
            return facts;
        }

        var files = run.ReadMigrations();
        var (_, plan) = await MigrationPlanReader.ReadAsync(connection, files, run.Settings.Migrations, cancellationToken);
        var tables = new List<(string Name, bool? HasRows)>();
        foreach (var (_, table) in new PendingScripts(plan.Pending, definitionsRunCode: false).Altered.Take(MostTables))
        {
            tables.Add((table.DisplayName, await HasRowsAsync(connection, table, cancellationToken)));
        }

        return facts with { Pending = [.. plan.Pending.Select(file => file.FileName)], Tables = tables };
    }

    private static async Task<bool?> HasRowsAsync(NpgsqlConnection connection, TableReference table, CancellationToken cancellationToken)
    {
        try
        {
            return (bool?)await connection.ScalarAsync(
                $"SELECT EXISTS (SELECT FROM {WatchStage.InStatement(table)})", cancellationToken);
        }
        catch (PostgresException)
        {
            return null;
        }
    }

    private static async Task<ChecklistFacts> SeeStoreAsync(ReleaseRun run, ChecklistFacts facts, CancellationToken cancellationToken)
    {
        if (run.Settings.Store is null)
        {
            return facts with { StoreFault = "BACKUP_STORE is not set" };
        }

        try
        {
            var catalog = await new BackupCatalog(run.Store).ReadAsync(cancellationToken);
            return facts with
            {
                Backups =
                [
                    .. catalog.Backups.Where(backup => backup.Manifest.Database.Name == run.DatabaseName)
                        .OrderByDescending(backup => backup.Manifest.EndedUtc),
                ],
            };
        }
        catch (BelayException fault)
        {
            return facts with { StoreFault = fault.Message.Split('\n')[0] };
        }
    }
}
