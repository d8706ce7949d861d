namespace Belay.Tests.Layouts.Sqlx;

public sealed class SqlxLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_simple_and_reversible_files_when_it_is_chosen()
    {
        Write("20240131120000_a b.sql", "-- no-transaction\nVACUUM;");
        Write("20240131120001_c.up.sql", "SELECT 2;");
        Write("20240131120001_c.down.sql", "SELECT -2;");
        Assert.Equal(
            [(20240131120000m, "a b", true, null), (20240131120001m, "c", false, "SELECT -2;")],
            Open("sqlx").Migrations.Select(
                migration => (migration.Version, migration.Name, migration.Directives.NoTransaction, migration.Rollback?.Text)));
    }
}
