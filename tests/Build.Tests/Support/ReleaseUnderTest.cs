using System.Text.Json;
using Belay;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Local;
using Belay.Postgres;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.Storage.Folder;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Build.Tests.Support;

/// <summary>A root folder with migrations and store, a database, and a login API on it.</summary>
internal sealed class ReleaseUnderTest : IAsyncDisposable
{
    private readonly ReleaseWorld world;
    private readonly LoginApiServer api;

    private ReleaseUnderTest(ReleaseWorld world, string database, string root, LoginApiServer api)
    {
        this.world = world;
        this.api = api;
        Database = database;
        Root = root;
    }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    /// <summary>The folder in which the build is started; its migrations are a copy of the repository's.</summary>
    public string Root { get; }

    /// <summary>The folder that is the backup store.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>The folder with the release's own migrations.</summary>
    public string Migrations => Path.Combine(Root, "migrations");

    /// <summary>The files of backups in the store that are not hidden.</summary>
    public IReadOnlyList<string> StoredFiles => [.. AllStored.Where(file => !IsRecord(file))];

    /// <summary>The records in the store.</summary>
    public IReadOnlyList<string> StoredRecords => [.. AllStored.Where(IsRecord)];

    /// <summary>The records of this machine as data, oldest first.</summary>
    public IReadOnlyList<string> Records => Written("release-*.json");

    /// <summary>The records of this machine as pages, oldest first.</summary>
    public IReadOnlyList<string> Pages => Written("release-*.md");

    private string Artifacts => Path.Combine(Root, "artifacts");

    private IReadOnlyList<string> Written(string pattern)
        => Directory.Exists(Artifacts) ? [.. Directory.GetFiles(Artifacts, pattern).OrderBy(File.GetLastWriteTimeUtc)] : [];

    private static DateTimeOffset EndedUtc(string manifest)
    {
        using var read = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return read.RootElement.GetProperty("endedUtc").GetDateTimeOffset();
    }

    private IReadOnlyList<string> AllStored => Directory.Exists(Store)
        ? [
            .. Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Order(),
        ]
        : [];

    /// <summary>The stored manifests, that of the oldest backup first: names tell only seconds, and two backups fit into one.</summary>
    public IReadOnlyList<string> Manifests
        => [.. StoredFiles.Where(file => file.EndsWith(".manifest.json", StringComparison.Ordinal)).OrderBy(EndedUtc)];

    /// <summary>The id of the newest backup.</summary>
    public string NewestBackup => Path.GetFileName(Manifests[^1]).Split('.')[0];

    public static async Task<ReleaseUnderTest> CreateAsync(
        ReleaseWorld world, string database, string root, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(root, ".nuke"));
        Directory.CreateDirectory(Path.Combine(root, "store"));
        Directory.CreateDirectory(Path.Combine(root, "migrations"));
        foreach (var script in Directory.EnumerateFiles(Path.Combine(Repository.Root, "migrations"), "0001_*.sql"))
        {
            File.Copy(script, Path.Combine(root, "migrations", Path.GetFileName(script)));
        }

        // Without fsync copying the files costs less than half of logging each page, which is the default from version 15 on.
        var strategy = world.Server.Tools.Major >= 15 ? "STRATEGY file_copy" : "";
        await world.Server.Target("postgres").ExecuteAsync($"CREATE DATABASE {database} TEMPLATE template0 {strategy}", cancellationToken);
        await world.ApplySampleAsync(database, cancellationToken);

        var api = await LoginApiServer.StartAsync(
            world.Server.Target(database) with { Username = world.Roles.Api, Password = world.Roles.ApiPassword }, cancellationToken);
        return new ReleaseUnderTest(world, database, root, api);
    }

    /// <summary>The environment of a release runner for this database.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["DATABASE_URL"] =
            $"postgresql://{world.Roles.Owner}:{world.Roles.OwnerPassword.Reveal()}@127.0.0.1:{world.Server.Port}/{Database}",
        ["BACKUP_STORE"] = new Uri(Store).AbsoluteUri,
        ["SMOKE_URL"] = api.LoginUrl.ToString(),
        ["SMOKE_USERNAME"] = SampleSchema.Username,
        ["SMOKE_PASSWORD"] = SampleSchema.Password,
        ["GITHUB_STEP_SUMMARY"] = null,
    };

    /// <summary>Starts the build and returns at once.</summary>
    public RunningBuild Start(params string[] arguments) => Start(new Dictionary<string, string?>(), arguments);

    /// <summary>Starts the build with variables besides, and returns at once.</summary>
    public RunningBuild Start(IReadOnlyDictionary<string, string?> besides, params string[] arguments)
    {
        var environment = Environment;
        foreach (var (name, value) in besides)
        {
            environment[name] = value;
        }

        return RunningBuild.Start(new BuildCommand { Folder = Root, Arguments = arguments, Environment = environment });
    }

    /// <summary>Runs the build to its end.</summary>
    public Task<BuildOutcome> BuildAsync(params string[] arguments) => BuildAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>Runs the build to its end with variables besides.</summary>
    public async Task<BuildOutcome> BuildAsync(IReadOnlyDictionary<string, string?> besides, params string[] arguments)
    {
        using var running = Start(besides, arguments);
        return await running.EndAsync(Token);
    }

    /// <summary>Runs a target to its good end in this process, for what stands before or behind the run that a test is about: a process of
    /// its own costs more than all that it does.</summary>
    public Task RunAsync(string target) => RunAsync(new Dictionary<string, string?>(), target);

    /// <summary>Runs a target in this process, its end and its record included.</summary>
    public Task<BuildOutcome> EndAsync(string target, params (string Name, string Text)[] given)
        => new RunInProcess(Root, Environment).RunAsync(target, given);

    /// <summary>Runs a target to its good end in this process, with variables besides.</summary>
    public async Task RunAsync(IReadOnlyDictionary<string, string?> besides, string target)
    {
        var variables = Environment.Where(variable => !besides.ContainsKey(variable.Key)).Concat(besides)
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Key, variable => variable.Value!);
        var output = new TestOutput();
        await using var errors = new StringWriter();
        var host = new ReleaseHost
        {
            Input = new SettingsInput { RootFolder = Root, Environment = variables },
            Output = output,
            Errors = errors,
            TimeProvider = TimeProvider.System,
        };
        var stages = ReleaseOrder.Of([target]).Select(stage => stage.Name);

        var outcome = await new ReleaseSession(host).RunAsync(ReleasePlan.Of([target], stages, false), Token);

        Assert.True(outcome.ExitCode == ExitCodes.Done, $"{target} ended with {outcome.ExitCode}:\n{output.Text}\n{errors}");
    }

    /// <summary>Runs the program <c>belay</c> of this checkout to its end, in the build's place.</summary>
    public async Task<BuildOutcome> BelayAsync(params string[] arguments)
    {
        using var running = RunningBuild.Start(
            new BuildCommand { Script = Repository.Tool, Folder = Root, Arguments = arguments, Environment = Environment });
        return await running.EndAsync(Token);
    }

    /// <summary>Takes a backup of some age, with the roles, and proves nothing.</summary>
    public Task<BackupManifest> TakeBackupAsync(TimeSpan age)
    {
        var store = new FolderStore(new FolderStoreLocation { Folder = Store }, TimeProvider.System);
        var request = new BackupRequest { Database = world.Server.Target(Database), TemporaryFolder = Root };
        var timeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - age);
        return new BackupRunner(store, world.Server.Tools, new TestOutput(), timeProvider)
            .RunAsync(request, Token);
    }

    /// <summary>Runs a statement as the superuser.</summary>
    public Task ExecuteAsync(string sql) => world.Server.Target(Database).ExecuteAsync(sql, Token);

    /// <summary>A connection as the superuser.</summary>
    public Task<NpgsqlConnection> OpenAsync()
        => new DatabaseConnector(world.Server.Target(Database)).OpenAsync("test", Token);

    /// <summary>The first column of a query's first row, as the superuser.</summary>
    public Task<object?> ScalarAsync(string sql) => world.Server.Target(Database).ScalarAsync(sql, Token);

    /// <summary>How many of the guide's four columns the table has.</summary>
    public async Task<long> CountNewColumnsAsync() => (long)(await ScalarAsync(
        """
        SELECT count(*) FROM information_schema.columns WHERE table_name = 'user'
        AND column_name IN ('clear_previous_anomalies', 'show_clear_warning', 'max_reports', 'max_templates')
        """))!;

    /// <summary>How many sessions of Belay and its programs the database has.</summary>
    public async Task<long> CountBelaySessionsAsync() => (long)(await ScalarAsync(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND (application_name LIKE 'belay%' OR application_name "
            + "LIKE 'pg_dump%') AND application_name <> 'belay test'"))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        Records.ToList().ForEach(record => RecordSchema.Demand(File.ReadAllText(record)));
        await world.Server.Target("postgres").ExecuteAsync($"DROP DATABASE IF EXISTS {Database} WITH (FORCE)", CancellationToken.None);
    }

    private static bool IsRecord(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "releases";
}
