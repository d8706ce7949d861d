using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Support.Pooling;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Migrations.Observation;
using Belay.Postgres;

namespace Belay.IntegrationTests.Migrations.Observation;

/// <summary>A pooler tells its clients numbers of processes that it makes up.</summary>
public sealed class StatementObserverTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Theory]
    [InlineData("ALTER TABLE orders ADD note text;")]
    [InlineData("-- belay: no-transaction\nDO 'BEGIN LOCK TABLE orders; PERFORM pg_sleep(2); END';")]
    public async Task Sees_the_locks_of_a_statement_behind_a_pooler_too(string script)
    {
        await Database.ExecuteAsync("CREATE TABLE orders AS SELECT id FROM generate_series(1, 10) id", Token);
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);
        var connector = new DatabaseConnector(pooler.Target);
        var observer = new StatementObserver(connector, TimeProvider.System);
        Bench.Write("0001_orders.sql", script);

        await new MigrationRunner(connector, Bench.Settings, Bench.Output, TimeProvider.System) { Observer = observer }
            .RunAsync(await Bench.ProveAsync(), MigrationFolder.Read(Bench.Settings.Folder), Token);

        Assert.Contains(
            Assert.Single(observer.Statements).Locks, one => one.Relation == "public.orders" && one.Mode == "AccessExclusiveLock");
    }
}
