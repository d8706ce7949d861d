using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Layouts;
using Belay.Notices;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Rehearsal;
using Belay.Releases.Recording;
using Belay.Reporting;
using Belay.Schema;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Sql;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Watching;

namespace Belay.Releases;

/// <summary>What the targets of one run share: settings, collaborators, the records that stages hand on, and the release record.</summary>
internal sealed class ReleaseRun
{
    private readonly IAsyncDisposable? servers;
    private IReadOnlyList<LoginSmokeTest>? logins;
    private SchemaWatch? watch;
    private IBackupStore? store;
    private IReadOnlySet<string>? justRan;

    private ReleaseRun(RunRequest request, ReleaseSettings settings, IAsyncDisposable? servers)
    {
        this.servers = servers;
        Request = request;
        Settings = settings;
        Record = new RunRecord(request) { Database = settings.Database?.DisplayName, Store = settings.Store?.DisplayName };
        RecordEnd = new RunRecordEnd(Record, Output)
        {
            Place = settings is { Store: { } location, Database: { } database }
                ? new RecordPlace(() => Store, location.DisplayName, database.Database)
                : null,
        };
        Transcript = new ReleaseTranscript(Output, TimeProvider);
    }

    public TimeProvider TimeProvider => Request.Host.TimeProvider;

    public RunRequest Request { get; }

    public ReleaseSettings Settings { get; }

    public RunRecord Record { get; }

    /// <summary>Makes and writes the record at the end.</summary>
    public RunRecordEnd RecordEnd { get; }

    public IReleaseOutput Output => Request.Host.Output;

    public ReleaseTranscript Transcript { get; }

    /// <summary>Tells others of the run; null when nobody is to be told.</summary>
    public NoticeSender? Notices { get; set; }

    /// <summary>What Status saw; null when it did not run to its end.</summary>
    public StatusReport? Status { get; set; }

    /// <summary>What was seen before the migrations of a run that watches afterwards; null when nobody looked.</summary>
    public WatchBaseline? BeforeWatch { get; set; }

    /// <summary>What preflight saw; null when it did not run.</summary>
    public PreflightReport? Preflight { get; set; }

    /// <summary>
    /// The files of checks of what this run applied, which alone can fail its verification; null where all count, as when Verify was typed.
    /// </summary>
    public IReadOnlySet<string>? JustRan
    {
        get => Request.CountsAllChecks ? null : justRan;
        set => justRan = value;
    }

    /// <summary>What the rehearsal of this run has shown; null when there was none.</summary>
    public RehearsalReport? Rehearsal { get; set; }

    public DatabaseTarget Database => Settings.Database ?? throw Missing("DATABASE_URL");

    /// <summary>The name of the database of this run, also when its stages do not need one; null when none is named.</summary>
    /// <exception cref="SettingsException">DATABASE_URL is set and cannot be understood.</exception>
    public string? DatabaseName => Settings.Database?.Database
        ?? (Request.Host.Profile is null
            && Request.Input.Environment.TryGetValue("DATABASE_URL", out var address)
            && address.Trim().Length > 0 ? DatabaseUrl.Parse(address.Trim()).Database : null);

    public DatabaseConnector Connector => new(Database);

    public IBackupStore Store => store ??= StoreFactory.Open(Settings.Store ?? throw Missing("BACKUP_STORE"), TimeProvider);

    public BackupGate Gate => new(Store, Settings.Backup, TimeProvider) { Output = Output };

    /// <summary>The smoke tests, in their order, each with one client for the whole run: its connections from before the migration are
    /// used after it.</summary>
    public IReadOnlyList<LoginSmokeTest> Logins
        => logins ??= [.. (Settings.Smoke ?? throw Missing("SMOKE_URL")).All.Select(one => new LoginSmokeTest(one, TimeProvider))];

    /// <summary>Tells and records what the run changes in the schema.</summary>
    public SchemaWatch Watch => watch ??= new SchemaWatch(Connector, Output);

    /// <summary>Whether a migration is pending; true as long as nobody looked.</summary>
    public bool HasPending => Settings.Migrator is not null || Preflight is not { Pending.Count: 0 };

    /// <summary>Reads the settings, or starts a profile's servers and takes theirs.</summary>
    /// <exception cref="SettingsException">All faults of the settings.</exception>
    public static async Task<ReleaseRun> BeginAsync(RunRequest request, CancellationToken cancellationToken)
    {
        return await WarnAsync(request.Host.Profile is { } profile
            ? await BeginAsync(request, profile, cancellationToken)
            : new ReleaseRun(
                request,
                SettingsReader.Read(
                    request.Input with { TimeProvider = request.Host.TimeProvider }, request.Required, request.Host.MakesMigration),
                null));
    }

    private static async Task<ReleaseRun> BeginAsync(RunRequest request, IServerProfile profile, CancellationToken cancellationToken)
    {
        const SettingParts Provided
            = SettingParts.Database | SettingParts.Store | SettingParts.StoreOfRehearsal | SettingParts.Smoke;
        var (given, ignored) = WithoutServers(request.Input, profile.Replaces);
        var input = profile.Rehearses ? RehearsalRules.Rehearsing(given) : given;
        var settings = SettingsReader.Read(input, request.Required & ~Provided, request.Host.MakesMigration);
        if (ignored.Count > 0)
        {
            request.Host.Output.Line($"Ignored with --profile {profile.Name}: {string.Join(", ", ignored)}");
        }

        var servers = await profile.StartAsync(request.Host.Output, cancellationToken);
        return new ReleaseRun(
            request,
            settings with
            {
                Database = servers.Database,
                Store = servers.Store,
                Smoke = servers.Smoke,
                Application = servers.Application,
            },
            servers.Lifetime);
    }

    private static (SettingsInput Input, IReadOnlyList<string> Ignored) WithoutServers(
        SettingsInput input, IReadOnlyList<Parameter> replaced)
    {
        var variables = replaced.Where(parameter => input.Variable(parameter.Variable) is not null).ToList();
        var typed = replaced.Except(variables).Where(parameter => input.Given.ContainsKey(parameter.Name));
        return (
            input.Without([.. replaced]),
            [.. variables.Select(parameter => parameter.Variable), .. typed.Select(parameter => parameter.Option)]);
    }

    private static async Task<ReleaseRun> WarnAsync(ReleaseRun run)
    {
        await RunLeftovers.SweepAsync(run.TemporaryPath, run.TimeProvider);
        SettingsWarnings.Of(run.Settings, run.Request.Input).ToList().ForEach(run.Output.Warn);
        return run;
    }

    /// <summary>Where a stage may write what it needs while it runs.</summary>
    public string TemporaryFolder => Directory.CreateDirectory(TemporaryPath).FullName;

    private string TemporaryPath => Path.Combine(Request.Input.RootFolder, Request.Host.Program.TemporaryFolder);

    /// <summary>Writes the record and stops what the run started, whatever happened.</summary>
    public async Task<ReleaseFiles?> EndAsync(int exitCode)
    {
        try
        {
            if (Request.IsRelease && exitCode == ExitCodes.Done)
            {
                Transcript.Completed(Settings.DryRun);
            }

            Record.Changed(watch?.Difference);
            return await RecordEnd.WriteAsync(exitCode, CancellationToken.None);
        }
        finally
        {
            await (BeforeWatch?.DisposeAsync() ?? ValueTask.CompletedTask);
            logins?.ToList().ForEach(login => login.Dispose());
            if (servers is not null)
            {
                await servers.DisposeAsync();
            }
        }
    }

    /// <summary>The programs to prove backups with: those preflight chose, or the newest that are not older than the backup's.</summary>
    public async Task<PostgresTools> FindToolsAsync(CancellationToken cancellationToken)
        => Preflight?.Tools ?? await ToolSearch.NewestAsync(cancellationToken);

    /// <summary>The programs to restore a backup with into a server of its own: those of its server's major version. Preflight's are of the
    /// version that the database has now, which may be a newer one.</summary>
    public async Task<PostgresTools> FindToolsAsync(BackupManifest backup, CancellationToken cancellationToken)
        => Preflight?.Tools is { } chosen && chosen.Major == ToolSearch.MajorOf(backup.ServerVersion)
            ? chosen
            : await ToolSearch.ForDumpAsync(backup.ServerVersion, cancellationToken);

    /// <summary>The scripts in the folder.</summary>
    public IReadOnlyList<Migration> ReadMigrations() => MigrationFolder.Read(Settings.Migrations.Folder, Settings.Migrations.Layout);

    private static SettingsException Missing(string name) => new($"{name} is not set", $"export {name}=…");
}
