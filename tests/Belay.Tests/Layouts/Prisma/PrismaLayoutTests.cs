namespace Belay.Tests.Layouts.Prisma;

public sealed class PrismaLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_folders_in_the_order_of_their_names()
    {
        Write("20240131120000_b/migration.sql", "SELECT 2;");
        Write("20240131120000_a/migration.sql", "SELECT 1;");
        Write("0_init/migration.sql", "SELECT 0;");
        Write("migration_lock.toml", "provider = \"postgresql\"\n");
        var set = Open();
        Assert.Equal("prisma", set.Layout);
        Assert.Equal(
            ["0_init/migration.sql", "20240131120000_a/migration.sql", "20240131120000_b/migration.sql"],
            set.Migrations.Select(migration => migration.FileName));
        Assert.Equal([0m, 20240131120000m, 20240131120000.0001m], set.Migrations.Select(migration => migration.Version));
    }

    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY i ON t (a);", true)]
    [InlineData("CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;", false)]
    public void Runs_a_file_outside_a_transaction_when_it_allows_nothing_else(string text, bool expected)
    {
        Write("20240131120000_a/migration.sql", text);
        Assert.Equal(expected, Assert.Single(Open().Migrations).Directives.NoTransaction);
    }

    [Fact]
    public void Refuses_another_database_s_migrations_and_numbers_that_are_no_order()
    {
        Write("2_a/migration.sql", "SELECT 1;");
        Write("10_b/migration.sql", "SELECT 1;");
        Write("migration_lock.toml", "provider = \"mysql\"\n");
        Assert.Equal(
            [
                $"{PathOf("migration_lock.toml")} says that the migrations are for mysql, not for PostgreSQL",
                $"{PathOf("2_a/migration.sql")} comes after 10_b/migration.sql in the order of names, and before it by its number: give "
                    + "the numbers as many digits as the longest has",
            ],
            Faults());
    }
}
