using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Planning;

namespace Belay.IntegrationTests.Planning;

public sealed class PlanMakerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private PlanMaker Maker => new(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System);

    private IReadOnlyList<Sql.Migration> Files => MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout);

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE item (id int); INSERT INTO item SELECT generate_series(1, 1000)", Token);

    [Fact]
    public async Task A_plan_has_what_a_dry_run_shows_and_nothing_is_kept()
    {
        Bench.Write("1_a.sql", "ALTER TABLE item ALTER id TYPE bigint;");
        Bench.Write("2_b.sql", "ALTER TABLE item ADD note text;\nCREATE TABLE other ();");
        Bench.Write("2_b.verify.sql", "-- check: rows\n-- expect:\n--   1000\nSELECT count(*) FROM item;\n");
        Bench.Write("3_c.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY item_id ON item (id);");

        var plan = await Maker.MakeAsync(Files, Token);

        Assert.Equal(["1_a.sql", "2_b.sql", "3_c.sql"], plan.Files.Select(file => file.Name));
        Assert.Equal(
            ["1_a.sql:1 ALTER TABLE", "2_b.sql:1 ALTER TABLE", "2_b.sql:2 CREATE TABLE"],
            plan.Statements.Select(statement => statement.Split(':')[0] + ":" + statement.Split(':')[1]));
        Assert.Matches("rewrites public.item .*; AccessExclusiveLock on public.item for ", plan.Statements[0]);
        Assert.DoesNotContain("Lock", plan.Statements[1] + plan.Statements[2], StringComparison.Ordinal);
        Assert.Contains(plan.Changes!, line => line.StartsWith("+ column public.item.note", StringComparison.Ordinal));
        Assert.Equal(["3_c.sql: runs outside a transaction"], plan.Untried);
        Assert.Equal(["2_b.sql: rows"], plan.Checks);
        Assert.StartsWith("public.item: 40.0 KiB, about ", Assert.Single(plan.Tables), StringComparison.Ordinal);
        Assert.Empty(plan.Risks!);
        Assert.Equal("integer", await Database.ScalarAsync("SELECT pg_typeof(id)::text FROM item LIMIT 1", Token));
        Assert.Contains(Bench.Output.Lines, line => line.StartsWith("Schema: would change, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_waits_not_for_long_for_a_table_that_a_view_reads()
    {
        Bench.Write("1_a.sql", "CREATE TABLE other ();");
        await Database.ExecuteAsync("CREATE VIEW items AS SELECT id FROM item", Token);
        await using var busy = await Database.HoldAsync("LOCK TABLE item", Token);

        var failure = await Assert.ThrowsAsync<MigrationException>(
            () => Maker.LookAsync(Files, Token).WaitAsync(TimeSpan.FromSeconds(30), Token));

        Assert.Equal(
            $"Cannot read the state of {Database.Target.DisplayName}: 55P03: canceling statement due to lock timeout\nNothing was changed.",
            failure.Message);
    }

    [Fact]
    public async Task A_plan_names_the_role_that_makes_things_and_holds_for_that_one()
    {
        Bench.Write("1_a.sql", "CREATE TABLE other ();");
        var owner = await Database.CreateRoleAsync(Token, "SUPERUSER");
        var plan = await Maker.LookAsync(Files, Token);

        Assert.Equal(Database.Target.Username, plan.Role);
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Target.Database} SET role = '{owner.Username}'", Token);
        Assert.Equal(owner.Username, (await Maker.LookAsync(Files, Token)).Role);
    }

    [Fact]
    public async Task What_is_looked_at_later_is_the_same_until_something_changes()
    {
        Bench.Write("1_a.sql", "ALTER TABLE item ADD note text;");
        var plan = await Maker.MakeAsync(Files, Token);
        PlanComparison.Demand(plan, await Maker.LookAsync(Files, Token), "plan.json");

        await Database.ExecuteAsync("CREATE TABLE meanwhile ()", Token);

        var now = await Maker.LookAsync(Files, Token);
        var refusal = Assert.Throws<PlanException>(() => PlanComparison.Demand(plan, now, "plan.json"));
        Assert.Contains("+ table public.meanwhile", refusal.Message, StringComparison.Ordinal);
    }
}
