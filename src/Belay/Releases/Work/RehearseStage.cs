using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Planning;
using Belay.Postgres;
using Belay.Rehearsal;
using Belay.Settings;
using Npgsql;

namespace Belay.Releases.Work;

/// <summary>Runs the pending migrations on a copy restored from a backup, and refuses what goes over a budget.</summary>
internal static class RehearseStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Rehearsal is { Scratch: not null, SmokeRole: not null })
        {
            throw new SettingsException(
                "--smoke-role is set, and on the server of SCRATCH_URL no role is changed, so that nobody can log in as it; nothing was "
                    + "rehearsed",
                "leave --smoke-role out, or unset SCRATCH_URL to rehearse on a server of this machine");
        }

        if (run.Settings.Rehearsal is { Scratch: not null, MaximumWal: > 0 })
        {
            throw new SettingsException(
                "--max-wal is set, and on the server of SCRATCH_URL, where others write too, the write-ahead log is not measured; "
                    + "nothing was rehearsed",
                "leave --max-wal out, or unset SCRATCH_URL to rehearse on a server of this machine");
        }

        var id = run.Record.BackupId ?? run.Request.Input.Text(BackupParameters.Backup) ?? BackupChoice.Latest;
        var backup = (await BackupStages.FindAsync(run, id, cancellationToken)).Manifest;
        var scratch = run.Settings.Rehearsal.Scratch;
        var tools = await (scratch is null
            ? run.FindToolsAsync(backup, cancellationToken)
            : ToolSearch.ForDumpAsync(backup.ToolVersion, cancellationToken));
        var age = Quantity.Duration(run.TimeProvider.GetUtcNow() - backup.SnapshotUtc);
        run.Output.Line($"      Rehearsal on a copy of {run.Database.Database}, {age} old, "
            + (scratch is null ? $"in PostgreSQL {tools.Version}" : $"on the server {string.Join(',', scratch.Hosts)}"));
        RehearsalReport? report = null;
        string? refusal = null;
        try
        {
            (report, var proven) = await (await RunnerAsync(run, (backup, tools), cancellationToken))
                .RunAsync(backup, run.Database, run.ReadMigrations(), cancellationToken);
            Tell(run, report, proven);
            BudgetCheck.Demand(report, run.Settings.Rehearsal);
            await RiskStage.LookAsync(run, report, cancellationToken);
            return report.Migrations.Count == 0
                ? $"nothing is pending after {backup.Id}"
                : $"{Quantity.Count(report.Migrations.Count, "migration")} rehearsed on {backup.Id} in "
                    + $"{Quantity.Duration(report.Duration)}";
        }
        catch (RehearsalException fault)
        {
            refusal = fault.Message;
            throw;
        }
        finally
        {
            await KeepAsync(run, backup, report, refusal);
        }
    }

    private static async Task<RehearsalRunner> RunnerAsync(
        ReleaseRun run, (BackupManifest Backup, PostgresTools Tools) with, CancellationToken cancellationToken)
    {
        var live = await ReadLiveAsync(run, cancellationToken);
        return new RehearsalRunner(run.Store, with.Tools, run.Output, run.TimeProvider)
        {
            ScratchFolder = run.TemporaryFolder,
            Settings = run.Settings.Migrations,
            Restoring = await ToolSearch.ForRestoreAsync(with.Backup, cancellationToken),
            Live = live?.Definition,
            LiveRole = live?.Role,
            Scratch = run.Settings.Rehearsal.Scratch,
            Productive = live is { } read ? [read.Identity.SystemIdentifier] : [],
            Application = new TriedApplication
            {
                Smoke = run.Settings.Smoke,
                Command = run.Settings.Rehearsal.SmokeCommand,
                Role = run.Settings.Rehearsal.SmokeRole,
                CommandTimeout = run.Settings.Rehearsal.SmokeCommandTimeout,
                Provided = run.Settings.Application,
            },
        };
    }

    private static void Tell(ReleaseRun run, RehearsalReport report, BackupManifest proven)
    {
        run.Record.Took(proven, run.Store.DisplayName);
        run.Record.Rehearsed(report.Lines);
        run.Rehearsal = report;
        report.Lines.ToList().ForEach(line => run.Output.Line($"      {line}"));
    }

    /// <summary>Keeps the figures for a plan; of a rehearsal that was stopped there are none.</summary>
    private static async Task KeepAsync(ReleaseRun run, BackupManifest backup, RehearsalReport? report, string? refusal)
    {
        if (report is null && refusal is null)
        {
            return;
        }

        var figures = new RehearsedFigures
        {
            EndedUtc = run.TimeProvider.GetUtcNow(),
            BackupId = backup.Id,
            Database = backup.Database,
            Files = [.. (report?.Files ?? []).Select(PlannedFile.Of)],
            Lines = report?.Lines ?? [],
            Refusal = refusal,
        };
        await FigureStore.WriteAsync(run.Record.Folder, figures, run.Output, CancellationToken.None);
    }

    /// <exception cref="SettingsException">There is no such role in the database.</exception>
    private static async Task<LiveRole?> ReadRoleAsync(
        ReleaseRun run, NpgsqlConnection connection, CancellationToken cancellationToken)
        => run.Settings.Rehearsal.SmokeRole is not { } role
            ? null
            : await LiveRole.ReadAsync(connection, role, cancellationToken) ?? throw new SettingsException(
                $"--smoke-role is \"{role}\": {run.Database.DisplayName} has no such role; nothing was rehearsed",
                "name the role that the application connects as: \\du in psql lists them");

    /// <summary>A rehearsal does without the database: then values that no manifest tells are missing on the copy, which is told.</summary>
    private static async Task<(DatabaseDefinition? Definition, DatabaseIdentity Identity, LiveRole? Role)?> ReadLiveAsync(
        ReleaseRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.Connector.ReadAsync(
                "rehearsal",
                async connection => (
                    await DefinitionReader.ReadAsync(connection, cancellationToken),
                    await DatabaseReader.ReadIdentityAsync(connection, cancellationToken),
                    await ReadRoleAsync(run, connection, cancellationToken)),
                cancellationToken);
        }
        catch (BelayException fault) when (fault is DatabaseUnreachableException or DatabaseUnreadableException)
        {
            run.Output.Warn($"{fault.Message}. The rehearsal goes on without it (Hint: {fault.Hint})");
            return null;
        }
    }
}
