namespace Belay.Tests.Layouts.SqlMigrate;

public sealed class SqlMigrateLayoutTests : LayoutTest
{
    [Fact]
    public void Splits_a_file_at_its_markers_and_heeds_notransaction()
    {
        Write("2_b.sql", "-- +migrate Up notransaction\nVACUUM;\n-- +migrate Down\nSELECT -2;\n");
        Write(
            "1-a.sql",
            "-- a remark\n-- +migrate Up\n-- +migrate StatementBegin\nSELECT 1;\n-- +migrate StatementEnd\n-- +migrate Down "
                + "notransaction\n");
        var set = Open();
        Assert.Equal("sql-migrate", set.Layout);
        Assert.Equal([(1m, false, "SELECT 1;"), (2m, true, "VACUUM;")], set.Migrations.Select(migration
            => (
                migration.Version,
                migration.Directives.NoTransaction,
                Belay.Sql.ScriptText.Lines(migration.Text).Single(line => line.EndsWith(';')))));
    }
}
