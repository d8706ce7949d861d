namespace Belay.Tests.Layouts.DbUp;

public sealed class DbUpLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_files_of_any_name_in_ordinal_order()
    {
        Write("Script0002 - b.sql", "SELECT 2;");
        Write("Script0001 - a.sql", "CREATE INDEX CONCURRENTLY i ON t (a);");
        Assert.Equal(
            [(1m, true), (2m, false)],
            Open("dbup").Migrations.Select(migration => (migration.Version, migration.Directives.NoTransaction)));
    }

    [Fact]
    public void Counts_places_where_a_name_has_no_number()
    {
        Write("Beta.sql", "SELECT 2;");
        Write("Alpha 1.sql", "SELECT 1;");
        Assert.Equal([(1m, "Alpha 1"), (2m, "Beta")], Open("dbup").Migrations.Select(migration => (migration.Version, migration.Name)));
    }

    [Fact]
    public void Refuses_numbers_that_are_not_in_the_order_of_names_and_variables()
    {
        Write("Script10.sql", "SELECT 2;");
        Write("Script9.sql", "SELECT * FROM $schema$.orders;");
        Assert.Equal(
            [
                $"{PathOf("Script9.sql")} comes after Script10.sql in the order of names, and before it by its number: give the numbers "
                    + "as many digits as the longest has",
                $"{PathOf("Script9.sql")}:1:15: $schema$ is a placeholder of DbUp, and placeholders are not replaced here",
            ],
            Faults("dbup"));
    }
}
