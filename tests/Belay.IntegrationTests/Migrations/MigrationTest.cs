using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>A test that migrates a database of its own from a folder of its own.</summary>
public abstract class MigrationTest(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private MigrationBench? bench;

    /// <summary>The folder, and what runs it against the database.</summary>
    private protected MigrationBench Bench => bench ??= new MigrationBench(Database.Target);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        bench?.Dispose();
    }
}
