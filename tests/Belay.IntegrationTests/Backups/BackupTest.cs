using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A test that backs a database of its own up into a folder of its own.</summary>
public abstract class BackupTest(PostgresFixture postgres) : DatabaseTest(postgres)
{
    /// <summary>The folder, and what takes and proves backups in it.</summary>
    private protected BackupBench Bench { get; } = new(postgres.Tools);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        Bench.Dispose();
    }
}
