using Belay.IntegrationTests.Support;
using Belay.Migrations;

namespace Belay.IntegrationTests.Migrations;

public sealed class RepeatableMigrationTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Runs_them_after_the_versioned_ones_by_name_and_again_only_when_their_text_changed()
    {
        Bench.Write("R_b_view.sql", "CREATE OR REPLACE VIEW b AS SELECT * FROM a;");
        Bench.Write("R_a_view.sql", "CREATE OR REPLACE VIEW a AS SELECT id FROM orders;");
        Bench.Write("R_a_view.verify.sql", "-- check: the view is there\n-- expect: no rows\nSELECT id FROM a;");
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        Assert.Equal(["0001_orders", "R_a_view", "R_b_view"], Names(await Bench.RunAsync()));
        Assert.Empty((await Bench.RunAsync()).Applied);

        Bench.Write("R_a_view.sql", "CREATE OR REPLACE VIEW a AS SELECT id FROM orders WHERE id > 0;\r\n");
        Assert.Equal(["R_a_view"], Names(await Bench.RunAsync()));
        Bench.Write("R_a_view.sql", "CREATE OR REPLACE VIEW a AS SELECT id FROM orders WHERE id > 0;\n");
        Assert.Empty((await Bench.RunAsync()).Applied);

        Bench.Write("R_a_view.sql", "CREATE OR REPLACE VIEW a AS SELECT id FROM orders;");
        Assert.Equal(["R_a_view"], Names(await Bench.RunAsync()));
        Assert.Equal(
            ["a_view 20251012T103000Z-aa", "a_view 20251012T103000Z-aa", "a_view 20251012T103000Z-aa", "b_view 20251012T103000Z-aa"],
            await Bench.QueryAsync(
                "SELECT format('%s %s', name, backup_id) FROM belay.repeatable WHERE length(sha256) = 64 ORDER BY name, applied_at"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Rolls_back_a_run_whose_check_fails_and_keeps_the_earlier_one()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer); INSERT INTO orders VALUES (1);");
        Bench.Write("R_view.sql", "CREATE OR REPLACE VIEW positive AS SELECT id FROM orders WHERE id > 1;");
        Bench.Write("R_view.verify.sql", "-- check: nothing\n-- expect: no rows\nSELECT id FROM positive;");
        await Bench.RunAsync();

        Bench.Write("R_view.sql", "CREATE OR REPLACE VIEW positive AS SELECT id FROM orders WHERE id > 0;");
        var failure = await Bench.FailAsync();
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.StartsWith(
            "R_view.sql ran, but its checks failed:\nFAILED nothing (R_view.verify.sql:3)\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await Bench.QueryAsync("SELECT count(*) FROM positive"));
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count(*) FROM belay.repeatable"));
    }

    [Fact]
    public async Task Widens_the_versions_of_a_history_that_began_with_whole_numbers()
    {
        Bench.Write("V1__orders.sql", "CREATE TABLE orders (id integer);");
        await Bench.RunAsync();
        await Bench.QueryAsync("ALTER TABLE belay.migration ALTER version TYPE bigint");
        Bench.Write("V1.2__items.sql", "CREATE TABLE items (id integer);");
        await Bench.RunAsync();
        Assert.Equal(["1", "1.0002"], await Bench.AppliedAsync());
    }

    private static IEnumerable<string> Names(MigrationOutcome outcome) => outcome.Applied.Select(migration => migration.FullName);
}
