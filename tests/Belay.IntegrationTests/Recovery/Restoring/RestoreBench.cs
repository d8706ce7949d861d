using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Recovery.Restoring;

namespace Belay.IntegrationTests.Recovery.Restoring;

/// <summary>A database with a backup in a folder, and what restores it; what the restores made goes at the end.</summary>
internal sealed class RestoreBench(TestDatabase database, PostgresTools tools) : IAsyncDisposable
{
    public const string Schema = """
        CREATE TABLE item (id serial PRIMARY KEY, body text);
        INSERT INTO item (body) SELECT 'text ' || i FROM generate_series(1, 200) i;
        CREATE MATERIALIZED VIEW filled AS SELECT count(*) AS items FROM item;
        CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA;
        CREATE TABLE part (id int, twice int GENERATED ALWAYS AS (id * 2) STORED) PARTITION BY RANGE (id);
        CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (100);
        INSERT INTO part VALUES (1), (2);
        ALTER TABLE item ENABLE ROW LEVEL SECURITY;
        CREATE POLICY everyone ON item USING (true);
        CREATE PUBLICATION every_table FOR ALL TABLES;
        SELECT lo_from_bytea(0, 'large'::bytea);
        """;

    private readonly BackupBench bench = new(tools);

    public TestOutput Output => bench.Output;

    public BackupBench Backups => bench;

    public RestoreRunner Runner => new(bench.Store, tools, Output, TimeProvider.System) { ScratchFolder = bench.ScratchFolder };

    public async Task<BackupManifest> TakeAsync(BackupSettings? settings = null)
    {
        await database.ExecuteAsync(Schema, Token);
        return await bench.TakeAsync(database.Target, settings ?? new BackupSettings());
    }

    public RestoreRequest Request(BackupManifest manifest, string? newName = null) => new()
    {
        Backup = manifest,
        Target = database.Target,
        NewName = newName,
    };

    public async Task<RestoreOutcome> RestoreAsync(RestoreRequest request)
        => await Runner.RunAsync(
            await Runner.PreviewAsync(request, Token), Token);

    /// <summary>The first column of a query's first row, as text.</summary>
    public async Task<string> AskAsync(string name, string sql)
        => $"{await (database.Target with { Database = name }).ScalarAsync(sql, CancellationToken.None)}";

    /// <summary>The databases that restores made beside the test's own.</summary>
    public async Task<IReadOnlyList<string>> OthersAsync()
        => (await AskAsync(
            "postgres",
            $"SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database WHERE datname LIKE '{database.Target.Database}\\_%'"))
            .Split(',', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        foreach (var name in await OthersAsync())
        {
            await AskAsync("postgres", $"DROP DATABASE \"{name}\" WITH (FORCE)");
        }
    }
}
