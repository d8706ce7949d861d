using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Schema;

namespace Belay.IntegrationTests.Schema;

public sealed class SchemaWatchTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Tells_what_a_release_changed_and_finds_the_schema_as_it_left_it()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");

        await RunAsync();

        Assert.Equal(
            ["Schema: 2 lines added, 0 removed", "  + column public.orders.id integer", "  + table public.orders owner postgres"],
            Bench.Output.Lines.Skip(1));
        var drift = await CompareAsync();
        Assert.True(drift!.IsEqual);
        Assert.Equal("release behind backup 20251012T103000Z-aa", drift.Stored.Reason);
        Assert.Equal(
            ["release behind backup 20251012T103000Z-aa|15|1|t"],
            await Bench.QueryAsync(
                "SELECT concat_ws('|', reason, server_major, format, sha256 = encode(sha256(convert_to(lines || E'\\n', 'UTF8')), 'hex')) "
                    + "FROM belay.fingerprint"));
    }

    [Fact]
    public async Task Shows_what_somebody_changed_since_and_takes_it_as_given_after_the_next_release()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        await RunAsync();
        await Database.ExecuteAsync("ALTER TABLE orders ADD note text; CREATE INDEX hot_fix ON orders (note)", Token);

        Assert.Equal(
            ["+ column public.orders.note text", "+ index public.hot_fix CREATE INDEX hot_fix ON public.orders USING btree (note)"],
            (await CompareAsync())!.Difference!.Lines);

        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);");
        await RunAsync();

        Assert.True((await CompareAsync())!.IsEqual);
        Assert.Equal(["2|2"], await Bench.QueryAsync("SELECT concat_ws('|', count(*), count(lines)) FROM belay.fingerprint"));
    }

    [Fact]
    public async Task Records_nothing_for_a_release_that_was_rolled_back()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer); SELECT 1/0;");

        await Assert.ThrowsAsync<MigrationException>(RunAsync);

        Assert.Equal(["Schema: not changed"], Bench.Output.Lines);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Records_what_a_release_left_that_stopped_part_way()
    {
        Bench.Write("0001_orders.sql", "-- belay: no-transaction\nCREATE TABLE orders (id integer);\nSELECT 1/0;");

        Assert.Equal(ExitCodes.MigrationPartWay, (await Assert.ThrowsAsync<MigrationException>(RunAsync)).ExitCode);

        Assert.True((await CompareAsync())!.IsEqual);
    }

    [Fact]
    public async Task Warns_of_a_new_table_that_belongs_to_another_role_than_the_others()
    {
        var owner = (await Database.CreateRoleAsync(Token)).Username;
        await Database.ExecuteAsync($"CREATE TABLE a (id integer); ALTER TABLE a OWNER TO {owner}", Token);
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id serial);");

        await RunAsync();
        await Database.ExecuteAsync($"ALTER TABLE a OWNER TO postgres", Token);

        Assert.Equal(
            [
                $"The new table public.orders belongs to \"postgres\", most objects of its schema to \"{owner}\": ALTER TABLE "
                    + $"public.orders OWNER TO \"{owner}\"",
            ],
            Bench.Output.Warnings);
    }

    [Fact]
    public async Task Does_not_compare_with_what_another_major_version_recorded()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        await RunAsync();
        await Database.ExecuteAsync("UPDATE belay.fingerprint SET server_major = 14", Token);

        Assert.Null((await CompareAsync())!.Difference);
    }

    [Fact]
    public async Task Goes_on_without_a_record_when_the_schema_cannot_be_read()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        await Database.ExecuteAsync(
            "CREATE SCHEMA belay; CREATE VIEW belay.fingerprint AS SELECT timestamptz '2020-01-01' AS recorded_at, 'by hand' AS reason",
            Token);

        await RunAsync();

        Assert.Equal(
            "The schema could not be read or recorded: 42703: column \"lines\" does not exist",
            Assert.Single(Bench.Output.Warnings).Split((char)10)[0]);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    private async Task<MigrationOutcome> RunAsync()
        => await new MigrationRunner(
            Database.Connector,
            Bench.Settings,
            Bench.Output,
            TimeProvider.System) { Watch = new SchemaWatch(Database.Connector, Bench.Output) }
            .RunAsync(await Bench.ProveAsync(), MigrationFolder.Read(Bench.Settings.Folder), Token);

    private async Task<SchemaDrift?> CompareAsync() => await new SchemaWatch(Database.Connector, Bench.Output).CompareAsync(Token);
}
