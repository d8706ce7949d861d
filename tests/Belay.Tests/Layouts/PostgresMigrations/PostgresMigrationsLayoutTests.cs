namespace Belay.Tests.Layouts.PostgresMigrations;

public sealed class PostgresMigrationsLayoutTests : LayoutTest
{
    [Fact]
    public void Heeds_its_comment_for_no_transaction_wherever_it_stands()
    {
        Write("1-a.sql", "SELECT 1;");
        Write("2_b.sql", "SELECT 2;\n-- postgres-migrations disable-transaction\n");
        Assert.Equal(
            [(1m, "a", false), (2m, "b", true)],
            Open("postgres-migrations").Migrations.Select(
                migration => (migration.Version, migration.Name, migration.Directives.NoTransaction)));
    }
}
