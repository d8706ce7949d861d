using System.Diagnostics;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Postgres;
using Belay.Retention;
using Belay.Settings;
using Belay.Telemetry;

namespace Belay.Releases.Work;

/// <summary>Calls the stages that take, prove, keep and delete backups.</summary>
internal static class BackupStages
{
    public static async Task<string> BackupAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var tools = await run.FindToolsAsync(cancellationToken);
        var request = new BackupRequest { Database = run.Database, Settings = run.Settings.Backup, TemporaryFolder = run.TemporaryFolder };
        var runner = new BackupRunner(run.Store, tools, run.Output, run.TimeProvider);
        var taken = await ReleaseTelemetry.SpanAsync(
            "backup", async span => Noted(await runner.RunAsync(request, cancellationToken), span));
        run.Record.Took(taken, run.Store.DisplayName);
        var manifest = await ReleaseTelemetry.SpanAsync(
            "proof", _ => Prover(run, tools).ProveAsync(taken, run.Settings.Backup.RequiredLevel, cancellationToken));
        if (run.Settings.Backup.Immutable)
        {
            manifest = await new BackupImmutability(run.Store).DemandAsync(manifest, cancellationToken);
        }

        run.Record.Took(manifest, run.Store.DisplayName);
        var fact = $"{manifest.Id}, {Quantity.Bytes(manifest.Size)}, proven by {manifest.ProofLevel.Name()}";
        run.Output.Line($"      Backup {fact}, in {run.Store.DisplayName}, kept until {Quantity.Utc(manifest.KeepUntil)}");
        return fact;
    }

    private static BackupManifest Noted(BackupManifest taken, Activity? span)
    {
        ReleaseTelemetry.Note(span, "belay.backup.id", taken.Id);
        span?.SetTag("belay.backup.size", taken.Size);
        ReleaseTelemetry.BackupTaken(taken.Size, taken.Database.Name);
        return taken;
    }

    public static async Task<string> VerifyBackupAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var backup = await FindAsync(run, run.Request.Input.Text(BackupParameters.Backup) ?? BackupChoice.Latest, cancellationToken);
        var level = run.Settings.Backup.RequiredLevel;
        var tools = await (level > ProofLevel.Readback
            ? run.FindToolsAsync(backup.Manifest, cancellationToken)
            : run.FindToolsAsync(cancellationToken));
        var restoring = level > ProofLevel.Readback ? await ToolSearch.ForRestoreAsync(backup.Manifest, cancellationToken) : tools;
        var proven = await Prover(run, tools, mayBeUnrecorded: true, restoring).ProveAsync(backup.Manifest, level, cancellationToken);
        run.Record.Took(proven, run.Store.DisplayName);
        EvidencePrinter.Print(proven, run.Output);
        return $"{proven.Id} of {proven.Database.Name} proven by {BackupJudgement.LevelOf(proven).Name()}";
    }

    public static async Task<string> FetchBackupAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var folder = run.Request.Input.Text(BackupParameters.To)
            ?? throw new SettingsException("FetchBackup needs a folder", "./build.sh FetchBackup --backup <id> --to <folder>");
        var backup = await FindAsync(run, run.Request.Input.Text(BackupParameters.Backup) ?? BackupChoice.Latest, cancellationToken);
        var path = Path.GetFullPath(folder, run.Request.Input.RootFolder);
        var files = await new BackupFetcher(run.Store, run.Output, run.TimeProvider).RunAsync(backup.Manifest, path, cancellationToken);
        files.ToList().ForEach(file => run.Output.Line($"      {file}"));
        return $"{backup.Manifest.Id} of {backup.Manifest.Database.Name}, SHA-256 equal, in {path}";
    }

    public static async Task<string> CleanupBackupsAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var policy = run.Settings.Retention with { DryRun = run.Settings.DryRun };
        var summary = await new RetentionRunner(run.Store, run.Output, run.TimeProvider).RunAsync(policy, cancellationToken);
        return summary.ToString().TrimEnd('.');
    }

    public static async Task<string> HoldBackupAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var reason = run.Request.Input.Text(BackupParameters.Reason)?.Trim() is { Length: > 0 } text
            ? text
            : throw new SettingsException("HoldBackup needs a reason", "./build.sh HoldBackup --backup <id> --reason \"…\"");
        var manifest = await HoldAsync(run, "HoldBackup", reason, cancellationToken);
        return $"{manifest.Id} of {manifest.Database.Name} on hold: {reason}";
    }

    public static async Task<string> ReleaseBackupAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var manifest = await HoldAsync(run, "ReleaseBackup", null, cancellationToken);
        return $"{manifest.Id} of {manifest.Database.Name} not on hold any more, kept until {Quantity.Utc(manifest.KeepUntil)}";
    }

    private static BackupProver Prover(ReleaseRun run, PostgresTools tools, bool mayBeUnrecorded = false, PostgresTools? restoring = null)
        => new(run.Store, tools, run.Output, run.TimeProvider)
        {
            ScratchFolder = run.TemporaryFolder,
            MayBeUnrecorded = mayBeUnrecorded,
            Restoring = restoring,
        };

    /// <summary>The backup that was meant; which one that is, of which database and server, is always told.</summary>
    public static async Task<CatalogBackup> FindAsync(ReleaseRun run, string id, CancellationToken cancellationToken)
    {
        var backup = await new BackupCatalog(run.Store).FindAsync(new BackupChoice(id, DatabaseOf(run, id)), cancellationToken);
        run.Output.Line($"      Backup {BackupChoice.Describe(backup)}");
        return backup;
    }

    private static async Task<BackupManifest> HoldAsync(ReleaseRun run, string target, string? reason, CancellationToken cancellationToken)
    {
        var backup = await FindAsync(run, Id(run, target), cancellationToken);
        return await new BackupHolds(run.Store) { Output = run.Output }.SetAsync(backup, reason, cancellationToken);
    }

    /// <summary>An id is unique, so that only <c>latest</c> needs the database of DATABASE_URL; the
    /// restoring of another database is no fault.</summary>
    private static string? DatabaseOf(ReleaseRun run, string id)
        => run.Request.Input.Text(BackupParameters.Database) ?? (id == BackupChoice.Latest ? run.DatabaseName : null);

    private static string Id(ReleaseRun run, string target) => run.Request.Input.Text(BackupParameters.Backup)
        ?? throw new SettingsException(
            $"{target} needs a backup's id", $"./build.sh Status lists them; then ./build.sh {target} --backup <id>");
}
