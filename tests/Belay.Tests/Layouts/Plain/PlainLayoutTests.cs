namespace Belay.Tests.Layouts.Plain;

public sealed class PlainLayoutTests : LayoutTest
{
    [Fact]
    public void Orders_two_spellings_of_times_by_their_digits()
    {
        string[] names =
        [
            "20170309120000_a.sql", "2017-03-10-b.sql", "2017-09-23-142211_c.sql", "2017-09-23T15-00_d.sql", "20180101000000-e.sql",
        ];
        foreach (var name in names.Reverse())
        {
            Write(name, "SELECT 1;");
        }

        var migrations = Open().Migrations;
        Assert.Equal(names, migrations.Select(migration => migration.FileName));
        Assert.Equal(
            [20170309120000m, 20170310000000m, 20170923142211m, 20170923150000m, 20180101000000m],
            migrations.Select(migration => migration.Version));
        Assert.Equal(["a", "b", "c", "d", "e"], migrations.Select(migration => migration.Name));
    }

    [Fact]
    public void Orders_numbers_by_their_value()
    {
        string[] names = ["1.sql", "1.2 b.sql", "1.10-c.sql", "002-d.sql", "10_e.sql"];
        foreach (var name in names.Reverse())
        {
            Write(name, "SELECT 1;");
        }

        Assert.Equal(names, Open().Migrations.Select(migration => migration.FileName));
    }

    [Theory]
    [InlineData("-- NO TRANSACTION", true)]
    [InlineData("-- no transaction", true)]
    [InlineData("-- no-transaction", true)]
    [InlineData("--disable-transaction", true)]
    [InlineData("-- belay: no-transaction", true)]
    [InlineData("-- no transaction is needed here", false)]
    [InlineData("\n-- no transaction", false)]
    public void Runs_outside_a_transaction_what_says_so_in_its_first_line(string line, bool expected)
    {
        Write("1.sql", $"{line}\nSELECT 1;");
        Assert.Equal(expected, Assert.Single(Open().Migrations).Directives.NoTransaction);
    }

    [Fact]
    public void Runs_files_of_one_number_in_the_order_of_their_names_and_says_so()
    {
        Write("1-b.sql", "SELECT 2;");
        Write("1-a.sql", "SELECT 1;");
        var set = Open();
        Assert.Equal([(1m, "a"), (1.0001m, "b")], set.Migrations.Select(migration => (migration.Version, migration.Name)));
        Assert.Equal(["Version 1 is used by 2 files, which run in the order of their names: 1-a.sql, 1-b.sql"], set.Remarks);
    }

    [Fact]
    public void Refuses_a_name_without_a_number()
    {
        Write("1-a.sql", "SELECT 1;");
        Write("b.sql", "SELECT 1;");
        Assert.Equal([$"{PathOf("b.sql")} is not named like a migration of plain"], Faults("plain"));
    }
}
