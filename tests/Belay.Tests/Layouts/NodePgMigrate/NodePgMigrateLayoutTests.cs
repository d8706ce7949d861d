namespace Belay.Tests.Layouts.NodePgMigrate;

public sealed class NodePgMigrateLayoutTests : LayoutTest
{
    [Fact]
    public void Splits_a_file_at_its_markers()
    {
        Write("1700000000000_a.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT -1;\n");
        Write("1700000000001_b.sql", "SELECT 2;\n");
        Write("1700000000002_c.js", "exports.up = () => {}");
        var set = Open();
        Assert.Equal(
            (
                "node-pg-migrate",
                "The migrations are in the layout of node-pg-migrate, as \"-- Up Migration\" in 1700000000000_a.sql shows"),
                (set.Layout, set.Recognition));
        Assert.Equal(["-- Up Migration\nSELECT 1;\n", "SELECT 2;\n"], set.Migrations.Select(migration => migration.Text));
        Assert.Equal(["\n\n-- Down Migration\nSELECT -1;\n", null], set.Migrations.Select(migration => migration.Rollback?.Text));
        Assert.Equal(["1 migration written in JavaScript cannot run here and is left out: 1700000000002_c.js"], set.Remarks);
    }

    [Theory]
    [InlineData("-- Down migration is a no-op: the names stay")]
    [InlineData("-- down migration not possible")]
    [InlineData("-- Down migration cannot bring the rows back")]
    public void A_sentence_about_the_way_back_is_no_marker(string sentence)
    {
        Write("1_a.up.sql", $"SELECT 1;\n{sentence}\nSELECT 2;\n");
        Write("1_a.down.sql", $"{sentence}\n");
        Assert.Equal("golang-migrate", Open().Layout);
        Write("1_a.up.sql", "SELECT 1;\n-- Down migration for users\nSELECT 2;\n");
        Assert.Equal(
            [
                $"{PathOf("1_a.up.sql")}:2: \"-- Down migration for users\" begins the way back of node-pg-migrate, which the layout "
                    + "golang-migrate does not read: all of the file would run",
            ],
            Faults());
    }

    [Fact]
    public void Refuses_a_file_that_node_pg_migrate_would_run_with_its_way_back()
    {
        Write("1_a.sql", "SELECT 1;\n-- Down Migration\nSELECT -1;\n");
        Assert.Equal(
            [
                $"{PathOf("1_a.sql")} has a line \"-- Down Migration\" and no line \"-- Up Migration\": node-pg-migrate runs all of such "
                    + "a file",
            ], Faults());
    }
}
