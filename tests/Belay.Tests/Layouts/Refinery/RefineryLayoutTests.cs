namespace Belay.Tests.Layouts.Refinery;

public sealed class RefineryLayoutTests : LayoutTest
{
    [Fact]
    public void Takes_a_file_with_U_for_a_migration_that_may_come_late()
    {
        Write("V1__a.sql", "SELECT 1;");
        Write("more/U2__b.sql", "SELECT 2;");
        Write("V3__c.rs", "fn main() {}");
        var set = Open("refinery");
        Assert.Equal(
            [(1m, "V1__a.sql"), (2m, "more/U2__b.sql")], set.Migrations.Select(migration => (migration.Version, migration.FileName)));
        Assert.Equal(["1 migration written in Rust cannot run here and is left out: V3__c.rs"], set.Remarks);
    }

    [Fact]
    public void Is_named_where_Flyway_would_take_such_a_file_for_an_undo()
    {
        Write("V1__a.sql", "SELECT 1;");
        Write("U2__b.sql", "SELECT 2;");
        Assert.Equal(
            [
                $"{PathOf("U2__b.sql")} takes back a version that has no V file. Where such a file is a migration of its own, as in "
                    + "refinery: --layout refinery",
            ], Faults());
    }
}
