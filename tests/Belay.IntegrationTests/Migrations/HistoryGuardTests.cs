using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations.DryRuns;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Scripts that change what Belay keeps about them.</summary>
public sealed class HistoryGuardTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    protected override async Task PrepareAsync()
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        await Bench.RunAsync();
    }

    [Theory]
    [InlineData("DROP SCHEMA belay CASCADE", "belay.migration is gone; belay.statement is gone")]
    [InlineData("TRUNCATE belay.migration", "earlier rows of belay.migration were changed or removed, or rows were added")]
    [InlineData("DELETE FROM belay.migration", "earlier rows of belay.migration were changed or removed, or rows were added")]
    [InlineData("UPDATE belay.migration SET sha256 = 'x'", "earlier rows of belay.migration were changed or removed, or rows were added")]
    [InlineData(
        "SET search_path = belay; DO $$ BEGIN BEGIN DELETE FROM migration; END; END $$",
        "earlier rows of belay.migration were changed or removed, or rows were added")]
    [InlineData(
        "INSERT INTO belay.migration (version, name, sha256, script, duration_ms) VALUES (7, 'x', 'x', 'x', 0)",
        "earlier rows of belay.migration were changed or removed, or rows were added")]
    [InlineData(
        "CREATE TABLE belay.copy AS SELECT * FROM belay.migration; DROP TABLE belay.migration; ALTER TABLE belay.copy RENAME TO migration",
        "belay.migration is another table")]
    [InlineData("DROP OWNED BY CURRENT_USER CASCADE", null)]
    public async Task Rolls_back_a_script_that_drops_empties_or_rewrites_the_history(string statements, string? change)
    {
        var path = Bench.Write("2_b.sql", $"CREATE TABLE u (id integer); {statements};");

        var failure = await Bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        if (change is not null)
        {
            Assert.Equal($"{path} changed Belay's own tables: {change}.\nRolled back: database as before.", failure.Message);
            Assert.Equal("take what it does to the schema belay out of 2_b.sql, then ./build.sh Migrate", failure.Hint);
        }

        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.DoesNotContain("public.u", await Bench.TablesAsync());
    }

    [Fact]
    public async Task The_dry_run_finds_it_too()
    {
        var path = Bench.Write("2_b.sql", "TRUNCATE belay.migration;");

        var failure = await Assert.ThrowsAsync<MigrationException>(
            () => new DryRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System)
                .RunAsync(MigrationFolder.Read(Bench.Settings.Folder), Token));

        Assert.StartsWith($"{path} changed Belay's own tables: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nDry run: rolled back, database as before.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRUNCATE belay.migration, belay.statement", true)]
    [InlineData("DROP SCHEMA belay CASCADE", true)]
    [InlineData("DO $$ BEGIN DELETE FROM belay.migration; COMMIT; END $$", false)]
    public async Task A_statement_outside_a_transaction_is_rolled_back_for_it_or_named(string statement, bool stays)
    {
        var path = Bench.Write("2_b.sql", $"-- belay: no-transaction\n{statement};\nCREATE TABLE u (id integer);");

        var failure = await Bench.FailAsync();

        Assert.StartsWith($"{path}:2:1: ERROR: the statement changed Belay's own tables: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(stays ? ExitCodes.MigrationRolledBack : ExitCodes.MigrationPartWay, failure.ExitCode);
        Assert.DoesNotContain("public.u", await Bench.TablesAsync());
        Assert.Equal(stays ? ["1"] : [], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("GRANT USAGE ON SCHEMA belay TO PUBLIC; GRANT SELECT ON belay.migration TO PUBLIC")]
    [InlineData("CREATE VIEW versions AS SELECT version FROM belay.migration")]
    [InlineData("COMMENT ON TABLE belay.migration IS 'x'; ANALYZE")]
    public async Task What_leaves_the_rows_alone_may_run(string statements)
    {
        Bench.Write("2_b.sql", $"{statements};");
        await Bench.RunAsync();
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }
}
