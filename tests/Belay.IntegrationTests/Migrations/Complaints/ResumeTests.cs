using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>Files that were changed after they stopped part-way: other tools call a part of them the whole,
/// or leave them pending for ever.</summary>
public sealed class ResumeTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Head = "-- belay: no-transaction\n";

    protected override async Task PrepareAsync()
    {
        Bench.Write("0001_a.sql", Head + "CREATE TABLE first (id integer);\nCREATE TABLE second (id integer);\nSELECT missing;\n");
        await Bench.FailAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE before (id integer);\nCREATE TABLE first (id integer);\nCREATE TABLE second (id integer);\n", 1)]
    [InlineData("CREATE TABLE first (id integer);\n", 2)]
    [InlineData("CREATE TABLE second (id integer);\nCREATE TABLE first (id integer);\n", 1)]
    public async Task Refuses_a_file_in_which_the_statements_that_ran_were_added_to_removed_or_moved(string statements, int position)
    {
        var path = Bench.Write("0001_a.sql", Head + statements);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path} stopped part-way before, and cannot go on: statement {position} ran in an earlier run and was changed or moved "
                + "since. Nothing was changed by this run.",
            failure.Message);
        Assert.Empty(await Bench.AppliedAsync());
        Assert.DoesNotContain("public.before", await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_corrected_file_is_applied_once_and_pending_no_more()
    {
        Bench.Write(
            "0001_a.sql", Head + "CREATE TABLE first (id integer);\nCREATE TABLE second (id integer);\nCREATE TABLE third (id integer);\n");

        Assert.Single((await Bench.RunAsync()).Applied);
        Assert.Empty((await Bench.RunAsync()).Applied);

        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Contains("public.third", await Bench.TablesAsync());
    }
}
