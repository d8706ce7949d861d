using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.History;
using Belay.Reporting;
using Belay.Schema;
using Belay.Verification;

namespace Belay.Releases;

/// <summary>Collects what happens in a run and writes it as the release record at every end.</summary>
internal sealed class RunRecord(RunRequest request)
{
    private readonly TimeProvider timeProvider = request.Host.TimeProvider;
    private readonly DateTimeOffset started = request.Host.TimeProvider.GetUtcNow();
    private readonly string runId = Guid.NewGuid().ToString("N")[..8];
    private readonly List<ReleaseStep> steps = [];
    private readonly List<string> preflightFacts = [];
    private ReleaseBackup? backup;
    private ReleaseLogin? login;
    private IReadOnlyList<ReleaseCheck> checks = [];
    private IReadOnlyList<string> history = [];
    private IReadOnlyList<string> drift = [];
    private SchemaDifference? changes;
    private IReadOnlyList<string> rehearsal = [];
    private IReadOnlyList<string> risks = [];
    private IReadOnlyList<AppliedMigration> applied = [];
    private string? migrator;
    private string? gate;

    public string? Database { get; init; }

    /// <summary>Where the record is written.</summary>
    public string Folder { get; } = Path.Combine(request.Input.RootFolder, "artifacts");

    /// <summary>The backup that this run took or that opened its gate; null for none.</summary>
    public string? BackupId => backup?.Id;

    /// <summary>The same, as its manifest has it.</summary>
    public BackupManifest? Manifest { get; private set; }

    /// <summary>The migrations that this run applied.</summary>
    public IReadOnlyList<string> Committed => [.. applied.Select(migration => migration.FullName)];

    /// <summary>The same, as the history has them.</summary>
    public IReadOnlyList<AppliedMigration> Applied => applied;

    /// <summary>How the automatic way back ended; null when there was none.</summary>
    public string? WayBack { get; private set; }

    /// <summary>Why the run failed; null when it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>What the run made of the database besides migrations of its own, in words behind "is"; null for nothing.</summary>
    public string? Standing { get; set; }

    /// <summary>Whether a restore was asked for, whose own message says what became of the database.</summary>
    public bool IsRestore => request.Targets.Contains("Restore");

    /// <summary>The login before and after; null when none was meant to be.</summary>
    public string? LoginText => login is { } tried ? $"before {tried.Before ?? "not tried"}; after {tried.After ?? "not reached"}"
        : request.LeavesLoginOut ? ReleaseLogin.LeftOut
        : null;

    /// <summary>The backup with its proof and its store; null for none.</summary>
    public string? BackupText => backup is null ? null : $"{backup.Id}, proven by {backup.Proof}, in {backup.Store}";

    /// <summary>Runs a stage and keeps its time and its fact.</summary>
    public async Task<string> StepAsync(string target, Func<Task<string>> stage)
    {
        var begun = timeProvider.GetTimestamp();
        var status = ReleaseOutcome.Failed;
        string? fact = null;
        try
        {
            fact = await stage();
            status = ReleaseOutcome.Succeeded;
            return fact;
        }
        finally
        {
            steps.Add(new ReleaseStep(target, status.ToString(), timeProvider.GetElapsedTime(begun).TotalSeconds, fact));
        }
    }

    /// <summary>Notes why the run failed; what was noted first stays. A step that a signal ended is cancelled and not failed.</summary>
    public void Fail(Failure reason)
    {
        Failure ??= reason;
        if (reason.IsCancellation && steps is [.., { Fact: null } ended])
        {
            steps[^1] = ended with { Status = ReleaseOutcome.Cancelled.ToString() };
        }
    }

    public void Saw(IEnumerable<string> facts) => preflightFacts.AddRange(facts);

    public void Runs(string command) => migrator = command;

    public void Drifted(SchemaDrift? found) => drift = found?.Difference?.Recorded ?? [];

    public void Changed(SchemaDifference? difference) => changes = difference;

    public void Took(BackupManifest manifest, string store)
    {
        Manifest = manifest;
        backup = new ReleaseBackup(manifest.Id, store, manifest.Size, BackupJudgement.LevelOf(manifest).Name(), manifest.KeepUntil);
    }

    /// <summary>Notes which backup opened the gate, how old and how far proven; it may be one that another run took.</summary>
    public void Opened(BackupProof proof, string store)
    {
        Took(proof.Backup, store);
        gate = proof.Summary;
    }

    /// <summary>Notes a migration as soon as it is committed: what comes after it may fail.</summary>
    public void Ran(AppliedMigration migration) => applied = [.. applied, migration];

    public void WentBack(string text) => WayBack = text;

    /// <summary>Runs something behind a backup of its own: the record keeps the one that the release stood behind.</summary>
    public async Task<string> AsideAsync(Func<Task<string>> work)
    {
        var (ownBackup, ownGate) = (backup, gate);
        try
        {
            return await work();
        }
        finally
        {
            (backup, gate) = (ownBackup, ownGate);
        }
    }

    public void Rehearsed(IEnumerable<string> lines) => rehearsal = [.. lines];

    public void Risked(IEnumerable<string> lines) => risks = [.. lines];

    public void Recorded(IEnumerable<string> entries) => history = [.. entries];

    public void Verified(VerificationReport report)
        => checks = [.. report.Results.Select(result => new ReleaseCheck(result.Check.Title, result.Passed, result.Differences))];

    public void LoggedIn(string? before, string? after, bool passed) => login = new ReleaseLogin(before, after, passed);

    /// <summary>The record as JSON, for whoever waits for it.</summary>
    public string ToJson(int exitCode) => ReleaseJson.Serialize(Make(exitCode));

    /// <summary>Writes the record, unless the run only looked.</summary>
    /// <returns>Where it is; null when there is none.</returns>
    public async Task<ReleaseFiles?> WriteAsync(int exitCode, IReleaseOutput output, CancellationToken cancellationToken)
    {
        if (!request.LeavesRecord)
        {
            return null;
        }

        try
        {
            var record = Make(exitCode);
            var files = await new ReleaseRecordWriter(Folder, request.Input.Environment).WriteAsync(record, cancellationToken);
            if (Failure is null)
            {
                output.Line($"Release record: {files.Markdown}");
            }

            await HandOnAsync(record, files, output, cancellationToken);
            return files;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What the run did is done; a record that can't be written changes neither that nor the exit code.
            // The engine's log is closed by now, so this is a line like the one that names the record.
            output.Line(
                $"Warning: the release record could not be written into {Folder}: {fault.Message} The run ends with exit code {exitCode} "
                    + "all the same; keep this output in its place", LineTone.Doubtful);
            return null;
        }
    }

    /// <summary>A pipeline that cannot be told is a warning: the record is there.</summary>
    private async Task HandOnAsync(ReleaseRecord record, ReleaseFiles files, IReleaseOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await new ReleaseOutputs(request.Input).WriteAsync(record, files.Json, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Line($"Warning: the outcome could not be handed on to the pipeline: {fault.Message}", LineTone.Doubtful);
        }
    }

    /// <summary>The record as it stands now.</summary>
    public ReleaseRecord Make(int exitCode) => new()
    {
        RunId = runId,
        Targets = request.Targets,
        Actor = ReleaseActor.From(request.Input.Environment),
        Database = Database,
        StartedUtc = started,
        FinishedUtc = timeProvider.GetUtcNow(),
        Outcome = Failure switch { null =>
            ReleaseOutcome.Succeeded, { IsCancellation: true } => ReleaseOutcome.Cancelled, _ => ReleaseOutcome.Failed },
        ExitCode = exitCode,
        Message = Failure?.Message,
        Hint = Failure?.Hint,
        PreflightFacts = preflightFacts,
        Backup = backup,
        Gate = gate,
        Rehearsal = rehearsal,
        Risks = risks,
        Migrations = [.. applied.Select(one => new ReleaseMigration(one.FullName, one.AppliedUtc, one.Duration.TotalSeconds))],
        WayBack = WayBack,
        History = history,
        Checks = checks,
        Migrator = migrator,
        Drift = drift,
        SchemaChanges = changes?.Recorded,
        Login = login,
        NobodyLoggedIn = request.LeavesLoginOut,
        Steps = steps,
    };
}
