using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Settings;

namespace Belay.IntegrationTests.Local;

/// <summary>The guide's database from before its migration, with roles of its own in the test's cluster.</summary>
internal sealed class SampleDatabase : IAsyncDisposable
{
    private SampleDatabase(TestDatabase database, SampleRoles roles)
    {
        Database = database;
        Roles = roles;
        Owner = database.Target with { Username = roles.Owner, Password = roles.OwnerPassword };
        Api = database.Target with { Username = roles.Api, Password = roles.ApiPassword };
    }

    public static string MigrationFile => Path.Combine(TestFolder.Checkout, "migrations", "0001_add_user_analysis_preferences.sql");

    public TestDatabase Database { get; }

    public SampleRoles Roles { get; }

    public DatabaseTarget Owner { get; }

    public DatabaseTarget Api { get; }

    public static async Task<SampleDatabase> CreateAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var database = await postgres.CreateDatabaseAsync(cancellationToken);
        var suffix = Guid.NewGuid().ToString("N");
        var roles = new SampleRoles(
            new Secret($"owner-{suffix}"), new Secret($"api's \"{suffix}\"")) { Owner = $"owner_{suffix}", Api = $"api_{suffix}" };
        var sample = new SampleDatabase(database, roles);
        await sample.ApplyAsync(cancellationToken);
        return sample;
    }

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Database.OpenAsync(cancellationToken);
        await SampleSchema.ApplyAsync(connection, Roles, cancellationToken);
    }

    /// <summary>Applies the guide's migration as the owner, with psql as the guide's Method 2 does.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var result = await Psql.RunAsync(Owner, MigrationFile, cancellationToken);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
