namespace Belay.IntegrationTests.Support;

/// <summary>A test that has an empty database of its own, from before it begins until it has ended.</summary>
public abstract class DatabaseTest(PostgresFixture postgres) : IAsyncLifetime
{
    protected PostgresFixture Postgres => postgres;

    /// <summary>The test's database.</summary>
    protected TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync(Token);
        await PrepareAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Database.DisposeAsync();
    }

    /// <summary>What each test of the class finds in its database and besides it.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
