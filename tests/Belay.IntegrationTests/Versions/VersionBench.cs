using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Versions;

/// <summary>A database of one server version and what migrates it, for one test.</summary>
internal sealed class VersionBench : IAsyncDisposable
{
    private VersionBench(TestDatabase database) => (Database, Bench) = (database, new MigrationBench(database.Target));

    public TestDatabase Database { get; }

    public MigrationBench Bench { get; }

    public static async Task<VersionBench> CreateAsync(int major, VersionsFixture versions, PostgresFixture machine, string? schema = null)
    {
        var bench = new VersionBench(await versions.CreateDatabaseAsync(major, machine, Token));
        if (schema is not null)
        {
            await bench.Database.ExecuteAsync(schema, Token);
        }

        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        Bench.Dispose();
        await Database.DisposeAsync();
    }
}
