using Belay.Backups;
using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Support.Pooling;

namespace Belay.IntegrationTests.Backups.Taking;

/// <summary>A pooler that has another name for a database.</summary>
public sealed class PooledNameTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string Future = "29991231T000000Z-aaaaaaaa";

    [Fact]
    public async Task A_backup_from_the_future_of_a_database_that_is_called_so_stands_in_nobody_s_way()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);
        using var bench = new BackupBench(Postgres.Tools);
        Plant(bench, pooler.Alias.Database);

        Assert.Equal(Database.Target.Database, (await bench.TakeAsync(pooler.Alias, new())).Database.Name);
    }

    [Fact]
    public async Task A_backup_from_the_future_of_the_database_itself_is_refused_by_whatever_name_it_is_reached()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);
        using var bench = new BackupBench(Postgres.Tools);
        Plant(bench, Database.Target.Database);

        foreach (var target in new[] { pooler.Alias, pooler.Target })
        {
            var refusal = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(target, new()));
            Assert.StartsWith(
                $"The newest backup of {Database.Target.Database} in {bench.Store.DisplayName} began at ",
                refusal.Message,
                StringComparison.Ordinal);
        }
    }

    private static void Plant(BackupBench bench, string database)
    {
        Directory.CreateDirectory(Path.Combine(bench.StoreFolder, database));
        File.WriteAllText(Path.Combine(bench.StoreFolder, database, $"{Future}.manifest.json"), "{}");
    }
}
