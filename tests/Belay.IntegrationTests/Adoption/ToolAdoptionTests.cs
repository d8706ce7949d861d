using System.Security.Cryptography;
using System.Text;
using Belay.Adoption;
using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;

namespace Belay.IntegrationTests.Adoption;

/// <summary>A small history of each tool: its table as the tool makes it, its files, and what runs afterwards.</summary>
public sealed class ToolAdoptionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Orders = "CREATE TABLE orders (id integer);\n";
    private const string Items = "CREATE TABLE items (id integer);\n";

    protected override Task PrepareAsync() => Database.ExecuteAsync(Orders, Token);

    [Fact]
    public async Task Goes_on_where_sqlx_stopped()
    {
        Write("20240131120000_orders.sql", Orders);
        Write("20240201120000_items.sql", Items);
        await Database.ExecuteAsync(
            "CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz NOT NULL "
                + "DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);"
            + "INSERT INTO _sqlx_migrations VALUES (20240131120000, 'orders', '2024-05-01 10:00:00Z', true, "
            + $"'\\x{Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(Orders)))}', 5000000)",
            Token);
        await AdoptsAsync("sqlx", "adopted from sqlx: 20240131120000, installed on 2024-05-01 10:00:00+00", "items");
        Assert.Equal(["5"], await Bench.QueryAsync("SELECT duration_ms FROM belay.migration WHERE name = 'orders'"));
    }

    [Fact]
    public async Task Names_a_file_that_sqlx_ran_with_another_text_and_refuses_one_that_failed()
    {
        Write("1_orders.sql", Orders);
        await Database.ExecuteAsync(
            "CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY, description text NOT NULL, installed_on timestamptz NOT NULL "
                + "DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, execution_time bigint NOT NULL);"
            + "INSERT INTO _sqlx_migrations VALUES (1, 'orders', now(), true, '\\x00', 0)",
            Token);
        await AdoptAsync(dryRun: true);
        Assert.Equal(
            "Warning: 1_orders.sql is not the text that ran: sqlx's checksum of it is "
                + $"{Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(Orders)))}, recorded is 00", Bench.Output.Lines[0]);
        await Database.ExecuteAsync("UPDATE _sqlx_migrations SET success = false", Token);
        var failure = await Assert.ThrowsAsync<HistoryException>(() => AdoptAsync());
        Assert.Contains(
            "version 1 is no success: it failed, and nobody knows how much of it is in the database",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_where_Diesel_stopped()
    {
        Write("2024-01-31-120000_orders/up.sql", Orders);
        Write("2024-02-01-120000_items/up.sql", Items);
        await Database.ExecuteAsync(
            "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY NOT NULL, run_on timestamp NOT NULL DEFAULT "
                + "CURRENT_TIMESTAMP); INSERT INTO __diesel_schema_migrations VALUES ('20240131120000', '2024-05-01 10:00:00')",
            Token);
        await AdoptsAsync("diesel", "adopted from diesel: 20240131120000, run on 2024-05-01 10:00:00", "items");
    }

    [Fact]
    public async Task Goes_on_where_Prisma_stopped()
    {
        Write("20240131120000_orders/migration.sql", Orders);
        Write("20240201120000_items/migration.sql", Items);
        await Database.ExecuteAsync(
            "CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at "
                + "timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT "
                + "NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0);"
            + "INSERT INTO _prisma_migrations VALUES ('a', '', NULL, '20240131120000_orders', '', now()), ('b', "
            + $"'{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Orders)))}', '2024-05-01 10:00:00Z', "
            + "'20240131120000_orders', NULL, NULL)",
            Token);
        await AdoptsAsync(
            "prisma", "adopted from prisma: 20240131120000_orders/migration.sql, finished at 2024-05-01 10:00:00+00", "_items");
    }

    [Fact]
    public async Task Refuses_what_failed_under_Prisma()
    {
        Write("20240131120000_orders/migration.sql", Orders);
        await Database.ExecuteAsync(
            "CREATE TABLE _prisma_migrations (id varchar(36), checksum varchar(64), finished_at timestamptz, migration_name varchar(255), "
                + "logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count integer); INSERT INTO "
                + "_prisma_migrations VALUES ('a', '', NULL, '20240131120000_orders')",
            Token);
        Assert.Contains(
            "has a failed migration of prisma (20240131120000_orders failed: nobody knows how much of it is in the database)",
            (await Bench.FailAsync()).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<HistoryException>(() => AdoptAsync());
    }

    [Fact]
    public async Task Goes_on_where_Drizzle_stopped()
    {
        Write(
            "meta/_journal.json",
            """{"dialect":"postgresql","entries":[{"idx":0,"when":1700000000000,"tag":"0000_orders"},{"idx":1,"when":1700000000001,"tag":"0001_items"}]}""");
        Write("0000_orders.sql", Orders);
        Write("0001_items.sql", Items);
        await Database.ExecuteAsync(
            "CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at "
                + "bigint);"
            + "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES "
            + $"('{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Orders)))}', 1700000000000)",
            Token);
        await AdoptsAsync("drizzle", "adopted from drizzle: 1700000000000", "0001_items");
    }

    [Theory]
    [InlineData(
        "tern",
        "001_orders.sql",
        "002_items.sql",
        "CREATE TABLE schema_version (version int4 NOT NULL); INSERT INTO schema_version VALUES (1)",
        "1")]
    [InlineData(
        "node-pg-migrate",
        "1700000000000_orders.sql",
        "1700000000001_items.sql",
        "CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL); INSERT INTO "
            + "pgmigrations VALUES (1, '1700000000000_orders', '2024-05-01')",
        "1700000000000_orders.sql, run on 2024-05-01 00:00:00")]
    [InlineData(
        "sql-migrate",
        "1_orders.sql",
        "2_items.sql",
        "CREATE TABLE gorp_migrations (id text PRIMARY KEY, applied_at timestamptz); INSERT INTO gorp_migrations VALUES ('1_orders.sql', "
            + "'2024-05-01Z')",
        "1_orders.sql, applied at 2024-05-01 00:00:00+00")]
    [InlineData(
        "mybatis",
        "1_orders.sql",
        "2_items.sql",
        "CREATE TABLE changelog (id numeric(20,0) NOT NULL, applied_at varchar(25) NOT NULL, description varchar(255) NOT NULL); INSERT "
            + "INTO changelog VALUES (1, '2024-05-01', 'orders')",
        "1, applied at 2024-05-01")]
    [InlineData(
        "play",
        "1.sql",
        "2.sql",
        "CREATE TABLE play_evolutions (id int PRIMARY KEY, hash varchar(255), applied_at timestamp, apply_script text, revert_script "
            + "text, state varchar(255), last_problem text); INSERT INTO play_evolutions VALUES (1, '', '2024-05-01', '', '', 'applied', "
            + "'')",
        "1, applied at 2024-05-01 00:00:00")]
    [InlineData(
        "refinery",
        "V1__orders.sql",
        "V2__items.sql",
        "CREATE TABLE refinery_schema_history (version int4 PRIMARY KEY, name varchar(255), applied_on varchar(255), checksum "
            + "varchar(255)); INSERT INTO refinery_schema_history VALUES (1, 'orders', '2024-05-01T00:00:00Z', '7')",
        "1, applied on 2024-05-01T00:00:00Z")]
    [InlineData(
        "dbup",
        "Script0001 - orders.sql",
        "Script0002 - items.sql",
        "CREATE TABLE schemaversions (schemaversionsid serial PRIMARY KEY, scriptname varchar(255) NOT NULL, applied timestamp NOT NULL); "
            + "INSERT INTO schemaversions VALUES (1, 'Shop.Scripts.Script0001 - orders.sql', '2024-05-01')",
        "Shop.Scripts.Script0001 - orders.sql, applied at 2024-05-01 00:00:00")]
    [InlineData(
        "postgres-migrations",
        "1-orders.sql",
        "2-items.sql",
        "CREATE TABLE migrations (id integer PRIMARY KEY, name varchar(100) UNIQUE NOT NULL, hash varchar(40) NOT NULL, executed_at "
            + "timestamp DEFAULT current_timestamp); INSERT INTO migrations VALUES (0, 'create-migrations-table', '', '2024-05-01'), (1, "
            + "'orders', '', '2024-05-01')",
        "1, executed at 2024-05-01 00:00:00")]
    [InlineData(
        "evolve",
        "V1__orders.sql",
        "V2__items.sql",
        "CREATE TABLE changelog (id serial PRIMARY KEY, type smallint, version varchar(50), description varchar(200), name varchar(300), "
            + "checksum varchar(32), installed_by varchar(100), installed_on timestamp DEFAULT now(), success boolean); INSERT INTO "
            + "changelog VALUES (1, 0, '1', 'orders', 'V1__orders.sql', '', 'app', '2024-05-01', true)",
        "V1__orders.sql, installed on 2024-05-01 00:00:00 by app")]
    [InlineData(
        "supabase",
        "20240131120000_orders.sql",
        "20240201120000_items.sql",
        "CREATE SCHEMA supabase_migrations; CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements "
            + "text[], name text); INSERT INTO supabase_migrations.schema_migrations VALUES ('20240131120000', '{}', 'orders')",
        "20240131120000")]
    [InlineData(
        "atlas",
        "20240131120000_orders.sql",
        "20240201120000_items.sql",
        "CREATE SCHEMA atlas_schema_revisions; CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (version varchar PRIMARY KEY, "
            + "description varchar, type bigint, applied bigint, total bigint); INSERT INTO atlas_schema_revisions.atlas_schema_revisions "
            + "VALUES ('.atlas_cloud_identifier', '', 2, 0, 0), ('20240131120000', 'orders', 2, 1, 1)",
        "20240131120000")]
    public async Task Goes_on_where_a_tool_stopped(string tool, string first, string second, string table, string title)
    {
        var (up, down) = tool switch
        {
            "tern" => ("", "---- create above / drop below ----\nDROP TABLE t;\n"),
            "node-pg-migrate" => ("-- Up Migration\n", "-- Down Migration\nDROP TABLE t;\n"),
            "sql-migrate" => ("-- +migrate Up\n", "-- +migrate Down\nDROP TABLE t;\n"),
            "mybatis" => ("", "-- //@UNDO\nDROP TABLE t;\n"),
            "play" => ("# --- !Ups\n", "# --- !Downs\nDROP TABLE t;\n"),
            _ => ("", ""),
        };
        Write(first, $"{up}{Orders}{down}");
        Write(second, $"{up}{Items}{down}");
        await Database.ExecuteAsync(table, Token);
        Bench.Settings = Bench.Settings with
        {
            Layout = tool is "refinery" or "dbup" or "postgres-migrations" ? tool : MigrationFolder.AutomaticLayout,
        };
        await AdoptsAsync(tool, $"adopted from {tool}: {title}", null);
    }

    private async Task AdoptsAsync(string tool, string remark, string? pending)
    {
        Assert.Contains(tool, (await Bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal([remark], (await AdoptAsync()).Select(row => row.Remark));
        Assert.DoesNotContain(Bench.Output.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        var applied = Assert.Single((await Bench.RunAsync()).Applied);
        Assert.Equal(pending ?? applied.Name, applied.Name);
        Assert.Equal(
            ["items", "orders"],
            await Bench.QueryAsync("SELECT tablename FROM pg_tables WHERE tablename IN ('orders', 'items') ORDER BY 1"));
    }

    private Task<IReadOnlyList<AppliedMigration>> AdoptAsync(bool dryRun = false)
        => new AdoptRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System)
            .RunAsync(
                new AdoptRequest { Files = MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout), DryRun = dryRun }, Token);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Bench.PathOf(file))!);
        Bench.Write(file, text);
    }
}
