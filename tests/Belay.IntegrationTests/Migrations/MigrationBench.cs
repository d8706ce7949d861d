using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.History;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Settings;
using Npgsql;

namespace Belay.IntegrationTests.Migrations;

/// <summary>A migrations folder and what runs it against one database, for one test.</summary>
internal sealed class MigrationBench : IDisposable
{
    private static readonly TimeSpan PatienceLimit = TimeSpan.FromMinutes(2);

    private readonly DatabaseConnector connector;

    private readonly string? ownFolder;

    public MigrationBench(DatabaseTarget target, MigrationSettings? shared = null)
    {
        connector = new DatabaseConnector(target);
        ownFolder = shared is null ? TestFolder.New("migrations") : null;
        Settings = shared ?? new MigrationSettings { Folder = ownFolder! };
    }

    public MigrationSettings Settings { get; set; }

    public TestOutput Output { get; } = new();

    public static async Task WaitForAsync(Func<Task<bool>> state, string description)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await state())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < PatienceLimit, $"Never: {description}");
            await Task.Delay(50, Token);
        }
    }

    public static Task WaitForAsync(Func<bool> state, string description) => WaitForAsync(() => Task.FromResult(state()), description);

    /// <summary>Waits until the run has told a line.</summary>
    public Task OutputAsync(string beginning)
        => WaitForAsync(() => Output.Lines.Any(line => line.StartsWith(beginning, StringComparison.Ordinal)), $"a line {beginning}");

    public string PathOf(string file) => Path.Combine(Settings.Folder, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    /// <summary>Copies the repository's own migration with its checks.</summary>
    public void WriteGuide()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(TestFolder.Checkout, "migrations"), "0001_*.sql"))
        {
            File.Copy(path, PathOf(Path.GetFileName(path)));
        }
    }

    /// <summary>What would become of the newest migration.</summary>
    public Task<RollbackPreview> PreviewRollbackAsync() => new RollbackReader(connector, Settings)
        .ReadAsync(MigrationFolder.Read(Settings.Folder, Settings.Layout), RollbackGoal.Newest, Token);

    /// <summary>A permit for a backup whose snapshot is newer than all that the database has seen.</summary>
    public async Task<BackupProof> ProveAsync()
    {
        await using var connection = await connector.OpenAsync("test", Token);
        var now = (DateTime)(await connection.ScalarAsync("SELECT clock_timestamp()", Token))!;
        return Prove(await DatabaseReader.ReadIdentityAsync(connection, Token), now, await PositionReader.ReadAsync(connection, Token));
    }

    public static BackupProof Prove(DatabaseIdentity database, DateTimeOffset snapshotUtc, ServerPosition? server = null) => new(
        new BackupManifest
        {
            Id = "20251012T103000Z-aa",
            Database = database,
            ServerVersion = "15",
            ToolVersion = "15",
            Origin = server?.Origin,
            SnapshotLsn = server?.Lsn,
            SnapshotUtc = snapshotUtc,
            StartedUtc = snapshotUtc,
            EndedUtc = snapshotUtc,
            ObjectName = "app/20251012T103000Z-aa.dump.zst",
            Size = 4,
            Sha256 = new string('0', 64),
            Codec = "zstd:1",
            KeepUntil = snapshotUtc + TimeSpan.FromDays(7),
        },
        snapshotUtc);

    public async Task<MigrationOutcome> RunAsync(CancellationToken? cancellationToken = null)
        => await RunAsync(await ProveAsync(), cancellationToken ?? Token);

    public Task<MigrationOutcome> RunAsync(BackupProof proof, CancellationToken cancellationToken)
        => new MigrationRunner(connector, Settings, Output, TimeProvider.System)
            .RunAsync(proof, MigrationFolder.Read(Settings.Folder, Settings.Layout), cancellationToken);

    public Task<MigrationException> FailAsync() => Assert.ThrowsAsync<MigrationException>(() => RunAsync());

    /// <summary>The first column of a query's rows, as texts.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = await connector.OpenAsync("test", Token);
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(await reader.IsDBNullAsync(0, Token) ? "NULL" : reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Every table outside the system's schemas: the proof that a failed run left nothing.</summary>
    public Task<IReadOnlyList<string>> TablesAsync() => QueryAsync(
        """
        SELECT format('%s.%s', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
        """);

    /// <summary>The versions in the history; only for a database that has one.</summary>
    public Task<IReadOnlyList<string>> AppliedAsync() => QueryAsync("SELECT version FROM belay.migration ORDER BY version");

    /// <summary>Waits for a session of the given stage that is in the given state of pg_stat_activity,
    /// and returns its process id.</summary>
    public async Task<string> SessionAsync(string purpose, string condition)
    {
        var processId = "";
        await WaitForAsync(
            async () =>
            {
                var found = await QueryAsync(
                    $"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'belay {purpose}' AND "
                        + $"{condition}");
                processId = found is [var first, ..] ? first : "";
                return processId.Length > 0;
            },
            $"a session of {purpose} with {condition}");
        return processId;
    }

    public void Dispose()
    {
        if (ownFolder is not null)
        {
            Directory.Delete(ownFolder, recursive: true);
        }
    }
}
