namespace Belay.Tests.Layouts.Drizzle;

public sealed class DrizzleLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_the_files_of_its_journal_and_their_times()
    {
        Write(
            "meta/_journal.json",
            """{"version":"7","dialect":"postgresql","entries":[{"idx":0,"when":1700000000000,"tag":"0000_a","breakpoints":true},{"idx":1,"when":1700000000001,"tag":"0001_b","breakpoints":true}]}""");
        Write("0000_a.sql", "CREATE TABLE a (id integer);\n--> statement-breakpoint\nCREATE TABLE b (id integer);");
        Write("0001_b.sql", "SELECT 1;");
        var set = Open();
        Assert.Equal("The migrations are in the layout of drizzle, as meta/_journal.json shows", set.Recognition);
        Assert.Equal(
            [(0m, "0000_a", "1700000000000"), (1m, "0001_b", "1700000000001")],
            set.Migrations.Select(migration => (migration.Version, migration.Name, migration.Directives.Adopts)));
    }

    [Fact]
    public void Takes_the_place_in_the_journal_where_tags_have_no_numbers()
    {
        Write("meta/_journal.json", """{"entries":[{"idx":0,"when":1,"tag":"z"},{"idx":1,"when":2,"tag":"a"}]}""");
        Write("a.sql", "SELECT 2;");
        Write("z.sql", "SELECT 1;");
        Assert.Equal(["z.sql", "a.sql"], Open().Migrations.Select(migration => migration.FileName));
    }

    [Fact]
    public void Names_a_file_that_the_journal_does_not_list_and_refuses_what_is_no_script_of_its_folder()
    {
        Write("meta/_journal.json", """{"entries":[{"idx":0,"when":1,"tag":"0000_a"}]}""");
        Write("0000_a.sql", "SELECT 1;");
        Write("0000_b.sql", "SELECT 1;");
        Assert.Equal(["0000_b.sql is not in meta/_journal.json and does not run"], Open().Remarks);
        Write("more/0001_c.sql", "SELECT 1;");
        Assert.Equal(
            [$"{PathOf("more/0001_c.sql")} lies in a folder below and is not read in the layout drizzle; it looks like one of belay's"],
            Faults());
    }

    [Fact]
    public void Refuses_a_journal_that_cannot_be_followed()
    {
        Write("meta/_journal.json", """{"dialect":"sqlite","entries":[{"idx":0,"when":1,"tag":"0000_a"}]}""");
        Write("0001_b.sql", "SELECT 1;");
        Assert.Equal(
            [
                $"{PathOf("meta/_journal.json")} says that the migrations are for sqlite, not for PostgreSQL",
                $"{PathOf("meta/_journal.json")} lists 0000_a, and there is no {PathOf("0000_a.sql")}",
            ],
            Faults());
        Write("meta/_journal.json", "{");
        Assert.StartsWith($"{PathOf("meta/_journal.json")} is not a journal of Drizzle: ", Faults()[0], StringComparison.Ordinal);
    }
}
