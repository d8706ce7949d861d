using System.Runtime.InteropServices;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.History;
using Belay.Migrations.Observation;
using Belay.Preflight;
using Belay.Releases.Recording;
using Belay.Reporting;
using Belay.Reporting.Facts;
using Belay.Schema;
using Belay.Verification;

namespace Belay.Releases;

/// <summary>Collects what happens in a run and writes it as the release record at every end.</summary>
internal sealed class RunRecord(RunRequest request)
{
    private readonly TimeProvider timeProvider = request.Host.TimeProvider;
    private readonly DateTimeOffset started = request.Host.TimeProvider.GetUtcNow();
    private readonly List<ReleaseStep> steps = [];
    private readonly List<string> preflightFacts = [];
    private PreflightReport? preflight;
    private ReleaseBackup? backup;
    private ReleaseLogin? login;
    private IReadOnlyList<ReleaseCheck> checks = [];
    private IReadOnlyList<string> history = [];
    private IReadOnlyList<string> drift = [];
    private SchemaDifference? changes;
    private IReadOnlyList<string> rehearsal = [];
    private IReadOnlyList<string> risks = [];
    private IReadOnlyList<AppliedMigration> applied = [];
    private ReleaseWatch? watch;
    private IReadOnlyList<string> notices = [];
    private string? migrator;
    private string? gate;

    /// <summary>What was asked of the run.</summary>
    public RunRequest Request => request;

    public string? Database { get; init; }

    /// <summary>The store as people may see it; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>Keeps what the run's scripts do.</summary>
    public ScriptTrace Trace { get; } = new(request.Host.TimeProvider);

    /// <summary>The run's id.</summary>
    public string RunId { get; } = Guid.NewGuid().ToString("N")[..8];

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
    public string? LoginText => login is { } tried ? tried.Text
        : request.LeavesLoginOut ? ReleaseLogin.LeftOut
        : null;

    /// <summary>The backup with its proof and its store; null for none.</summary>
    public string? BackupText => backup is null ? null : $"{backup.Id}, proven by {backup.Proof}, in {backup.Store}";

    /// <summary>Runs a stage and keeps its time and its fact.</summary>
    public async Task<string> StepAsync(string target, Func<Task<string>> stage)
    {
        var (begun, startedUtc) = (timeProvider.GetTimestamp(), timeProvider.GetUtcNow());
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
            var seconds = timeProvider.GetElapsedTime(begun).TotalSeconds;
            steps.Add(new ReleaseStep(target, status.ToString(), seconds, fact) { StartedUtc = startedUtc });
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

    public void Saw(PreflightReport report)
    {
        preflight = report;
        preflightFacts.AddRange(
            [
                $"Server: {report.ServerVersion}",
                .. report.Scope,
                .. report.Findings.Select(finding => $"{finding.Severity}: {finding.Message}"),
            ]);
    }

    public void Runs(string command) => migrator = command;

    public void Drifted(SchemaDrift? found) => drift = found?.Difference?.Recorded ?? [];

    public void Changed(SchemaDifference? difference) => changes = difference;

    public void Took(BackupManifest manifest, string store)
    {
        Manifest = manifest;
        backup = ReleaseBackup.Of(manifest, store);
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

    public void Watched(ReleaseWatch seen) => watch = seen;

    public void Told(IEnumerable<string> lines) => notices = [.. lines];

    public void Recorded(IEnumerable<string> entries) => history = [.. entries];

    public void Verified(VerificationReport report)
        => checks = RecordBounds.Checks(report.Results.Select(ReleaseCheck.Of));

    /// <summary>Takes what came of the smoke tests so far, in their order; at least one.</summary>
    public void LoggedIn(IReadOnlyList<ReleaseLogin> logins) => login = logins[0] with { Further = [.. logins.Skip(1)] };

    /// <summary>The record of the run as far as it went.</summary>
    public ReleaseRecord Make(int exitCode) => new()
    {
        RunId = RunId,
        Targets = request.Targets,
        Actor = ReleaseActor.From(request.Input.Environment),
        Versions = new ReleaseVersions
        {
            Belay = BelayVersion.Text,
            Server = preflight?.ServerVersion,
            Tools = preflight?.Tools?.Version,
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
        },
        Settings = GivenSettings.Of(request.Parameters, request.Input, Store),
        Database = Database,
        StartedUtc = started,
        FinishedUtc = timeProvider.GetUtcNow(),
        Outcome = Failure switch { null =>
            ReleaseOutcome.Succeeded, { IsCancellation: true } => ReleaseOutcome.Cancelled, _ => ReleaseOutcome.Failed },
        ExitCode = exitCode,
        Message = RecordBounds.Text(Failure?.Message),
        Hint = Failure?.Hint,
        PreflightFacts = preflightFacts,
        Findings =
        [
            .. (preflight?.Findings ?? []).Select(finding => new ReleaseFinding(WordList.Of(finding.Severity), finding.Text, finding.Hint)),
        ],
        Backup = backup,
        Gate = gate,
        Rehearsal = rehearsal,
        Risks = risks,
        Migrations = [.. applied.Select(one => new ReleaseMigration(one.FullName, one.AppliedUtc, one.Duration.TotalSeconds))],
        Scripts = Trace.Scripts,
        WayBack = WayBack,
        History = history,
        Checks = checks,
        Migrator = migrator,
        Drift = RecordBounds.Lines(drift),
        SchemaChanges = changes is null ? null : RecordBounds.Lines(changes.Recorded),
        Login = login,
        NobodyLoggedIn = request.LeavesLoginOut,
        Watch = watch,
        Notices = notices,
        Steps = steps,
    };
}
