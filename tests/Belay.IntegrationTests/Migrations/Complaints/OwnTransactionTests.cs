using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>Scripts that end or begin transactions by themselves, or leave settings behind, under tools
/// that then say the wrong thing.</summary>
public sealed class OwnTransactionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Theory]
    [InlineData("CREATE TABLE a (id integer);\nEND;\nSELECT missing;\n", "2:1: END inside the migration's transaction")]
    [InlineData("BEGIN;\nCREATE TABLE a (id integer);\n", "1:1: BEGIN without COMMIT")]
    [InlineData("COMMIT;\nCREATE TABLE a (id integer);\n", "1:1: COMMIT inside the migration's transaction")]
    public async Task Refuses_a_stray_END_and_BEGIN_without_COMMIT_before_anything_runs(string script, string fault)
    {
        var path = Bench.Write("0001_a.sql", script);

        var failure = await Bench.FailAsync();

        Assert.StartsWith($"1 fault in the migrations, nothing was run:\n{path}:{fault}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Passes_over_a_COMMIT_at_the_end_that_ends_nothing_as_psql_does()
    {
        Bench.Write("0001_a.sql", "CREATE TABLE a (id integer);\nCOMMIT;\n");
        Bench.Write("0002_b.sql", "BEGIN;\nCREATE TABLE b (id integer);\nCOMMIT;\nEND;\n");

        await Bench.RunAsync();

        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Rolls_back_a_block_that_commits_by_itself()
    {
        Bench.Write("0001_a.sql", "CREATE TABLE a (id integer);\nDO $$ BEGIN COMMIT; END $$;\n");

        var failure = await Bench.FailAsync();

        Assert.Equal(("2D000", ExitCodes.MigrationRolledBack), (failure.SqlState, failure.ExitCode));
        Assert.Equal("put \"-- belay: no-transaction\" into the first line of 0001_a.sql, then ./build.sh Migrate", failure.Hint);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_dump_s_empty_search_path_does_not_reach_checks_history_or_the_next_file()
    {
        Bench.Write(
            "0001_dump.sql",
            "SELECT pg_catalog.set_config('search_path', '', false);\nSET default_table_access_method = heap;\nCREATE TABLE public.dumped "
                + "(id integer);\n");
        Bench.Write("0001_dump.verify.sql", "-- check: nothing is in it\n-- expect: no rows\nSELECT id FROM dumped;\n");
        Bench.Write("0002_plain.sql", "CREATE TABLE plain AS SELECT id FROM dumped;\n");

        await Bench.RunAsync();

        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
        Assert.Contains("public.plain", await Bench.TablesAsync());
    }
}
