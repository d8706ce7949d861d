using Belay.IntegrationTests.Support;
using Belay.Layouts;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Histories that earlier versions of Belay made go on working.</summary>
public sealed class FormerHistoryTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    /// <summary>The tables of the first version.</summary>
    internal const string FirstTables = """
        CREATE SCHEMA belay;
        CREATE TABLE belay.migration (
            version bigint PRIMARY KEY,
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            applied_by text NOT NULL DEFAULT session_user,
            duration_ms bigint NOT NULL,
            backup_id text,
            remark text
        );
        CREATE TABLE belay.statement (
            version bigint NOT NULL,
            position integer NOT NULL,
            sha256 text NOT NULL,
            first_words text NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            sqlstate text,
            backend_pid integer NOT NULL,
            backend_start timestamptz NOT NULL,
            PRIMARY KEY (version, position)
        );
        """;

    protected override async Task PrepareAsync()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        var sha256 = MigrationFolder.Read(Bench.Settings.Folder)[0].Sha256;
        await Database.ExecuteAsync(
            $"""
            {FirstTables}
            CREATE TABLE orders (id integer);
            INSERT INTO belay.migration (version, name, sha256, script, applied_at, duration_ms, backup_id)
            VALUES (1, 'orders', '{sha256}', E'CREATE TABLE orders (id integer);\n', '2025-10-12 12:00:00+00', 7, '20251012T100000Z-aa')
            """,
            Token);
    }

    [Fact]
    public async Task Applies_what_is_new_to_the_first_version_s_tables()
    {
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);");
        Bench.Write("0003_index.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY orders_id ON orders (id);");

        Assert.Equal([2L, 3L], (await Bench.RunAsync()).Applied.Select(migration => migration.Version));

        Assert.Equal(["1", "2", "3"], await Bench.AppliedAsync());
        Assert.Equal(["3 1 00000"], await Bench.QueryAsync("SELECT format('%s %s %s', version, position, sqlstate) FROM belay.statement"));
    }
}
