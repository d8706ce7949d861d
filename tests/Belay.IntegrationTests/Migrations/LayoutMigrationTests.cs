using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Recovery;
using Belay.Verification;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Small histories of other tools' shapes, run as they are.</summary>
public sealed class LayoutMigrationTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Runs_golang_migrate_s_files_with_an_index_built_concurrently()
    {
        Bench.Write("20191100000001000000_orders.up.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("20191100000001000001_index.postgres.autocommit.up.sql", "CREATE INDEX CONCURRENTLY orders_id ON orders (id);");
        Bench.Write("20191100000001000001_index.mysql.up.sql", "CREATE INDEX orders_id USING BTREE ON orders (id);");
        await Bench.RunAsync();
        Assert.Equal(["20191100000001000000", "20191100000001000001"], await Bench.AppliedAsync());
        Assert.Equal(["t"], await Bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_id'::regclass"));
        Assert.Equal(
            ["CREATE INDEX CONCURRENTLY"],
            await Bench.QueryAsync("SELECT first_words FROM belay.statement WHERE version = 20191100000001000001 AND sqlstate = '00000'"));
    }

    [Fact]
    public async Task Runs_Flyway_s_files_in_the_order_of_their_versions()
    {
        Bench.Write("V1__orders.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("V1_10__c.sql", "ALTER TABLE orders ADD c integer;");
        Bench.Write("V1.2__b.sql", "ALTER TABLE orders ADD b integer;");
        Bench.Write("R__view.sql", "CREATE OR REPLACE VIEW all_orders AS SELECT id, b, c FROM orders;");
        await Bench.RunAsync();
        Assert.Equal(
            ["id", "b", "c"],
            await Bench.QueryAsync("SELECT attname FROM pg_attribute WHERE attrelid = 'all_orders'::regclass ORDER BY attnum"));
        Assert.Equal(["1", "1.0002", "1.001"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("-- migrate:up", "-- migrate:down")]
    [InlineData("-- +goose Up", "-- +goose Down")]
    public async Task Points_at_the_line_of_the_file_and_takes_the_way_down_for_the_rollback(string up, string down)
    {
        var path = Bench.Write("1_orders.sql", $"{up}\nCREATE TABLE orders (id integer);\nSELECT wrong;\n\n{down}\nDROP TABLE orders;\n");
        var failure = await Bench.FailAsync();
        Assert.StartsWith($"{path}:3:8: ERROR: column \"wrong\" does not exist", failure.Message, StringComparison.Ordinal);

        Bench.Write("1_orders.sql", $"{up}\nCREATE TABLE orders (id integer);\n{down}\nDROP TABLE orders;\n");
        await Bench.RunAsync();
        var runner = new RollbackRunner(new(Database.Target), Bench.Settings, Bench.Output, TimeProvider.System);
        await runner.RunAsync(await Bench.ProveAsync(), await Bench.PreviewRollbackAsync(), Token);
        Assert.DoesNotContain("public.orders", await Bench.TablesAsync());
        Assert.Empty(await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_a_sqitch_plan_and_takes_an_error_of_a_verify_script_for_a_failed_check()
    {
        foreach (var name in new[] { "deploy", "verify" })
        {
            Directory.CreateDirectory(Bench.PathOf(name));
        }

        Bench.Write(
            "sqitch.plan",
            "%project=app\nzebra 2013-12-30T23:49:00Z A <a@b.c> # first\nant [zebra] 2013-12-30T23:50:00Z A <a@b.c> # second\n");
        Bench.Write("deploy/zebra.sql", "BEGIN;\nCREATE TABLE zebra (id integer);\nCOMMIT;\n");
        Bench.Write("deploy/ant.sql", "BEGIN;\nALTER TABLE zebra ADD ant integer;\nCOMMIT;\n");
        Bench.Write(
            "verify/zebra.sql",
            "BEGIN;\nSELECT id FROM zebra WHERE false;\nDO $$ BEGIN ASSERT to_regclass('zebra') IS NOT NULL; END $$;\nROLLBACK;\n");
        Bench.Write("verify/ant.sql", "SELECT 1 / count(*) FROM zebra;\n");
        var failure = await Bench.FailAsync();
        Assert.Equal(
            "deploy/ant.sql ran, but its checks failed:\nFAILED runs without an error: SELECT 1 / count(*) FROM zebra (ant.sql:1)\n  "
                + "22012: division by zero\n\n"
            + "VERIFICATION FAILED: 1 of 1 check\nRolled back: database as before.\nApplied by this run before it, and still applied: 1 "
            + "zebra.",
            failure.Message);

        Bench.Write("verify/ant.sql", "SELECT ant FROM zebra;\n");
        await Bench.RunAsync();
        var report = await new VerifyRunner(new(Database.Target)).RunAsync(MigrationFolder.Read(Bench.Settings.Folder), Token);
        Assert.Equal([true, true, true], report.Results.Select(result => result.Passed));
        Assert.Equal("Passed: runs without an error: SELECT id FROM zebra WHERE false", VerificationRenderer.Lines(report)[0]);
    }

    [Fact]
    public async Task Runs_two_spellings_of_times_with_transactions_of_their_own()
    {
        Bench.Write(
            "2017-09-23-142211_b.sql",
            "BEGIN;\n-- the table below was made before; DO NOT EDIT.\nALTER TABLE orders ADD b integer;\nCOMMIT;\n");
        Bench.Write(
            "20170309120000_a.sql",
            "\\set ON_ERROR_STOP on\n\\echo 'orders; items'\nBEGIN;\nCREATE TABLE orders (id integer);\nCOMMIT;\n\\unset ON_ERROR_STOP\n");
        await Bench.RunAsync();
        Assert.Equal(["20170309120000", "20170923142211"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Refuses_programs_and_other_files_with_their_lines_before_anything_runs()
    {
        var a = Bench.Write("1-a.sql", "CREATE TABLE orders (id integer);\n\\copy orders from program 'cat orders.csv'\n");
        var b = Bench.Write("2-b.sql", "\n\\ir schema.sql\n");
        var failure = await Bench.FailAsync();
        Assert.Equal(
            "2 faults in the migrations, nothing was run:\n"
            + $"{a}:2:1: \\copy reads or writes files on the machine that migrates, or runs a program there; to bring rows along, write "
            + "COPY … FROM stdin; "
            + "with the rows on the lines below it and \\. on the line after the last\n"
            + $"{b}:2:1: \\ir runs another file, whose text the history would not keep",
            failure.Message);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Adds_a_value_to_an_enum_and_uses_it_in_the_next_file()
    {
        Bench.Write("1-a.sql", "CREATE TYPE state AS ENUM ('new'); CREATE TABLE orders (state state);");
        Bench.Write("2-b.sql", "ALTER TYPE state ADD VALUE 'done';");
        Bench.Write("3-c.sql", "INSERT INTO orders VALUES ('done');");
        await Bench.RunAsync();
        Assert.Equal(["done"], await Bench.QueryAsync("SELECT state FROM orders"));
    }
}
