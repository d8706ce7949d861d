namespace Belay.Tests.Layouts.MyBatis;

public sealed class MyBatisLayoutTests : LayoutTest
{
    [Fact]
    public void Splits_a_file_at_its_undo_and_leaves_the_scripts_of_other_commands()
    {
        Write("20240131120000_users.sql", "-- // users\nCREATE TABLE users (id integer);\n\n-- //@UNDO\nDROP TABLE users;\n");
        Write("bootstrap.sql", "SELECT 1;");
        var set = Open();
        Assert.Equal("The migrations are in the layout of mybatis, as \"-- //@UNDO\" in 20240131120000_users.sql shows", set.Recognition);
        Assert.Equal(["bootstrap.sql is not run: MyBatis has a command of its own for it"], set.Remarks);
        var migration = Assert.Single(set.Migrations);
        Assert.Equal(
            ("-- // users\nCREATE TABLE users (id integer);\n", "\n\n\n-- //@UNDO\nDROP TABLE users;\n"),
            (migration.Text, migration.Rollback?.Text));
    }

    [Fact]
    public void Refuses_a_variable()
    {
        Write("1_a.sql", "CREATE TABLE ${schema}.a (id integer);\n-- //@UNDO\nDROP TABLE a;\n");
        Assert.Equal(
            [
                $"{PathOf("1_a.sql")}:1:14: ${{schema}} is a placeholder of Flyway, Evolve or MyBatis, and placeholders are not replaced "
                    + "here",
            ], Faults());
    }
}
