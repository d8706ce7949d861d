using Belay.Backups;
using Belay.Backups.Proving;
using Belay.IntegrationTests.Support;
using Belay.Postgres;

namespace Belay.IntegrationTests.Backups.Proving;

/// <summary>Event triggers of a database that refuse or write, while a backup of it is tried out.</summary>
public sealed class EventTriggerTests(PostgresFixture postgres, VersionsFixture versions) : DatabaseTest(postgres)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Those_that_refuse_all_commands_stop_no_job_that_fills_a_materialised_view_and_no_check_of_the_indexes(int workers)
    {
        using var bench = new BackupBench(Postgres.Tools);
        await Database.ExecuteAsync(
            """
            CREATE TABLE item AS SELECT i AS id FROM generate_series(1, 300) i;
            CREATE FUNCTION slowly(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 FROM pg_sleep(0.002)';
            CREATE MATERIALIZED VIEW first AS SELECT slowly(id) AS id FROM item;
            CREATE MATERIALIZED VIEW second AS SELECT slowly(id) AS id FROM first;
            CREATE MATERIALIZED VIEW third AS SELECT slowly(id) AS id FROM second;
            CREATE MATERIALIZED VIEW unfilled AS SELECT slowly(id) AS id FROM third WITH NO DATA;
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''nobody does % here'', tg_tag; END';
            CREATE EVENT TRIGGER refusing ON ddl_command_start EXECUTE FUNCTION refuse();
            """,
            Token);
        var manifest = await bench.TakeAsync(Database.Target, new BackupSettings { Parallel = workers });

        var proven = await bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token);

        Assert.Equal(ProofLevel.Restored, proven.ProofLevel);
        Assert.Contains("pg_amcheck found nothing", proven.Evidence[^1].Facts);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public async Task Those_of_a_login_neither_keep_out_nor_write_when_a_restored_database_is_compared(int major)
    {
        await using var database = await versions.CreateDatabaseAsync(major, Postgres, Token);
        await database.ExecuteAsync(
            """
            CREATE TABLE logins (at timestamptz DEFAULT now());
            CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO logins DEFAULT VALUES; END';
            CREATE EVENT TRIGGER noting ON login EXECUTE FUNCTION note();
            ALTER EVENT TRIGGER noting ENABLE ALWAYS;
            """,
            Token);
        await using var beside = await new DatabaseConnector(database.Target with { Database = "postgres" }).OpenAsync("test", Token);
        var quiet = await QuietTarget.OfAsync(beside, database.Target, Token);

        for (var session = 1; session <= 2; session++)
        {
            await using var connection = await new DatabaseConnector(quiet).OpenAsync("test", Token);
            Assert.Equal(0L, await connection.ScalarAsync("SELECT count(*) FROM logins", Token));
        }

        Assert.Equal(1L, await database.ScalarAsync("SELECT count(*) FROM logins", Token));
    }
}
