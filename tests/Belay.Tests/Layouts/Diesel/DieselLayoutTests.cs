namespace Belay.Tests.Layouts.Diesel;

public sealed class DieselLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_folders_in_the_order_of_their_versions_without_hyphens()
    {
        Write("2024-01-31-120000_orders/up.sql", "SELECT 2;");
        Write("2024-01-31-120000_orders/down.sql", "SELECT -2;");
        Write("00000000000000_diesel_initial_setup/up.sql", "SELECT 1;");
        Write("2024-01-31-120000-0001_items/up.sql", "SELECT 3;");
        Write("2024-01-31-120000-0000_lines/up.sql", "SELECT 3;");
        Write("2024-02-01-000000_notes/up.sql", "SELECT 4;");
        var set = Open();
        Assert.Equal("The migrations are in the layout of diesel, as 00000000000000_diesel_initial_setup/up.sql shows", set.Recognition);
        Assert.Equal(
            [
                (0m, "diesel_initial_setup"),
                (20240131120000m, "orders"),
                (20240131120000.1m, "lines"),
                (20240131120000.10001m, "items"),
                (20240201000000m, "notes"),
            ], set.Migrations.Select(migration => (migration.Version, migration.Name)));
        Assert.Equal("2024-01-31-120000_orders/up.sql", set.Migrations[1].FileName);
        Assert.Equal(
            ("SELECT -2;", "2024-01-31-120000_orders/down.sql"), (set.Migrations[1].Rollback?.Text, set.Migrations[1].Rollback?.FileName));
    }

    [Theory]
    [InlineData("run_in_transaction = false\n", true)]
    [InlineData("# a remark\nrun_in_transaction = true\n", false)]
    [InlineData("", true)]
    public void Takes_a_folder_out_of_the_transaction_as_Diesel_reads_its_metadata(string metadata, bool expected)
    {
        Write("2024-01-31-120000_a/up.sql", "SELECT 1;");
        Write("2024-01-31-120000_a/metadata.toml", metadata);
        Assert.Equal(expected, Assert.Single(Open().Migrations).Directives.NoTransaction);
    }

    [Fact]
    public void Refuses_another_script_in_a_folder()
    {
        Write("2024-01-31-120000_a/up.sql", "SELECT 1;");
        Write("2024-01-31-120000_a/seed.sql", "SELECT 2;");
        Assert.Equal([$"{PathOf("2024-01-31-120000_a/seed.sql")} is not named like a migration of diesel"], Faults());
    }
}
