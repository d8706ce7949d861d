namespace Belay.Tests.Layouts.GolangMigrate;

public sealed class GolangMigrateLayoutTests : LayoutTest
{
    [Fact]
    public void Reads_both_ways_in_the_order_of_the_numbers()
    {
        Write("10_c.up.sql", "SELECT 10;");
        Write("9_b.up.sql", "SELECT 9;");
        Write("9_b.down.sql", "SELECT -9;");
        Write("9_b.up.verify.sql", "-- check: one\n-- report\nSELECT 1;");
        var migrations = Open().Migrations;
        Assert.Equal([(9m, "b"), (10m, "c")], migrations.Select(migration => (migration.Version, migration.Name)));
        Assert.Equal(["SELECT -9;", null], migrations.Select(migration => migration.Rollback?.Text));
        Assert.Equal([PathOf("9_b.up.verify.sql"), null], migrations.Select(migration => migration.Verify?.Path));
    }

    [Fact]
    public void Prefers_the_file_of_the_dialect_and_leaves_other_dialects_out()
    {
        Write("20191100000001000000_a.up.sql", "SELECT 'general';");
        Write("20191100000001000000_a.postgres.up.sql", "SELECT 'postgres';");
        Write("20191100000001000000_a.mysql.up.sql", "SELECT 'mysql';");
        Write("20191100000001000000_a.down.sql", "SELECT 'down';");
        Write("20191100000001000000_a.cockroach.down.sql", "SELECT 'other';");
        Write("20191100000001000001_b.sqlite3.up.sql", "SELECT 'sqlite3';");
        var migration = Assert.Single(Open().Migrations);
        Assert.Equal(
            (20191100000001000000m, "a", "SELECT 'postgres';", "SELECT 'down';"),
            (migration.Version, migration.Name, migration.Text, migration.Rollback?.Text));
    }

    [Fact]
    public void Runs_outside_a_transaction_what_is_named_so_or_allows_nothing_else()
    {
        Write("1_a.autocommit.up.sql", "SELECT 1;");
        Write("2_b.postgres.autocommit.up.sql", "SELECT 2;");
        Write("3_c.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);");
        Write("4_d.up.sql", "CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;");
        Assert.Equal([true, true, true, false], Open().Migrations.Select(migration => migration.Directives.NoTransaction));
    }

    [Fact]
    public void Says_which_migrations_written_in_Go_are_left_out()
    {
        Write("1_a.up.sql", "SELECT 1;");
        Write("2_b.up.go", "package migrations");
        Assert.Equal(["1 migration written in Go cannot run here and is left out: 2_b.up.go"], Open().Remarks);
    }

    [Fact]
    public void Runs_two_files_of_one_version_in_the_order_of_their_names_and_says_so()
    {
        Write("7_b.up.sql", "SELECT 'b';");
        Write("7_a.up.sql", "SELECT 'a';");
        Write("7_b.down.sql", "SELECT '-b';");
        var set = Open();
        Assert.Equal(
            [(7m, "a", null), (7.0001m, "b", "SELECT '-b';")],
            set.Migrations.Select(migration => (migration.Version, migration.Name, migration.Rollback?.Text)));
        Assert.Equal(["Version 7 is used by 2 files, which run in the order of their names: 7_a.up.sql, 7_b.up.sql"], set.Remarks);
    }

    [Fact]
    public void Refuses_a_name_without_a_direction()
    {
        Write("1_a.up.sql", "SELECT 1;");
        Write("2_c.sql", "SELECT 1;");
        Assert.Equal([$"{PathOf("2_c.sql")} is not read in the layout golang-migrate; it looks like one of belay's"], Faults());
    }
}
