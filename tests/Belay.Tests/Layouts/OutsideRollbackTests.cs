namespace Belay.Tests.Layouts;

public sealed class OutsideRollbackTests : LayoutTest
{
    [Theory]
    [InlineData("-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT -1;\n", false, false)]
    [InlineData("-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT -1;\n", true, true)]
    [InlineData("-- +goose Up\nSELECT 1;\n-- +goose Down\n-- +goose NO TRANSACTION\nSELECT -1;\n", true, true)]
    [InlineData("-- migrate:up\nSELECT 1;\n-- migrate:down transaction:false\nSELECT -1;\n", false, true)]
    [InlineData("-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\nSELECT -1;\n", true, false)]
    [InlineData("-- +migrate Up\nSELECT 1;\n-- +migrate Down notransaction\nSELECT -1;\n", false, true)]
    [InlineData("-- +migrate Up notransaction\nSELECT 1;\n-- +migrate Down\nSELECT -1;\n", true, false)]
    [InlineData("SELECT 1;\n---- create above / drop below ----\n---- tern: disable-tx ----\nSELECT -1;\n", false, true)]
    [InlineData("---- tern: disable-tx ----\nSELECT 1;\n---- create above / drop below ----\nSELECT -1;\n", true, false)]
    [InlineData("-- belay: no-transaction\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT -1;\n", true, true)]
    [InlineData("-- Up Migration\nSELECT 1;\n-- Down Migration\nDROP INDEX CONCURRENTLY a;\n", false, true)]
    public void A_file_that_holds_both_ways_says_for_each_how_it_runs(string text, bool up, bool down)
    {
        Write("1_a.sql", text);
        var migration = Assert.Single(Open().Migrations);
        Assert.Equal((up, down), (migration.Directives.NoTransaction, migration.Rollback!.NoTransaction));
    }

    [Theory]
    [InlineData("belay", "0001_a.sql", "0001_a.rollback.sql")]
    [InlineData("golang-migrate", "1_a.up.sql", "1_a.down.sql")]
    [InlineData("sqlx", "1_a.up.sql", "1_a.down.sql")]
    [InlineData("flyway", "V1__a.sql", "U1__a.sql")]
    [InlineData("diesel", "2024-01-31-120000_a/up.sql", "2024-01-31-120000_a/down.sql")]
    [InlineData("hasura", "1654696186008_a/up.sql", "1654696186008_a/down.sql")]
    public void A_way_back_in_a_file_of_its_own_is_asked_itself(string layout, string up, string down)
    {
        Write(up, "SELECT 1;\n");
        Assert.Equal((false, false), Read("SELECT -1;\n"));
        Assert.Equal((false, true), Read("DROP INDEX CONCURRENTLY a;\n"));
        Assert.Equal((false, true), Read("-- belay: no-transaction\nSELECT -1;\n"));
        Assert.Equal((false, true), Read("-- no-transaction\nSELECT -1;\n"));
        Assert.Equal((false, true), Read("-- atlas:txmode none\nSELECT -1;\n"));
        Write(up, "-- no-transaction\nSELECT 1;\n");
        Assert.Equal((true, false), Read("SELECT -1;\n"));

        (bool, bool) Read(string text)
        {
            Write(down, text);
            var migration = Assert.Single(Open(layout).Migrations);
            return (migration.Directives.NoTransaction, migration.Rollback!.NoTransaction);
        }
    }

    [Fact]
    public void Diesel_s_metadata_hold_for_both_ways()
    {
        Write("2024-01-31-120000_a/up.sql", "SELECT 1;\n");
        Write("2024-01-31-120000_a/down.sql", "SELECT -1;\n");
        Write("2024-01-31-120000_a/metadata.toml", "run_in_transaction = false\n");
        var migration = Assert.Single(Open().Migrations);
        Assert.Equal((true, true), (migration.Directives.NoTransaction, migration.Rollback!.NoTransaction));
    }

    [Fact]
    public void An_undo_script_of_Flyway_has_settings_of_its_own()
    {
        Write("V1__a.sql", "SELECT 1;\n");
        Write("U1__a.sql", "SELECT -1;\n");
        Write("U1__a.sql.conf", "executeInTransaction=false\n");
        var migration = Assert.Single(Open().Migrations);
        Assert.Equal((false, true), (migration.Directives.NoTransaction, migration.Rollback!.NoTransaction));
        Write("U1__a.sql.conf", "group=a\n");
        Assert.Equal([$"{PathOf("U1__a.sql.conf")} sets group, which is not known here"], Faults());
    }

    [Theory]
    [InlineData("SELECT -1;\nDROP INDEX CONCURRENTLY a;\n", true)]
    [InlineData("BEGIN;\nSELECT -1;\nCOMMIT;\n", false)]
    public void A_revert_of_sqitch_runs_as_psql_would_run_it(string revert, bool expected)
    {
        Write("sqitch.plan", "%syntax-version=1.0.0\n%project=app\n\na 2024-01-31T12:00:00Z A <a@example.com>\n");
        Write("deploy/a.sql", "SELECT 1;\n");
        Write("revert/a.sql", revert);
        Assert.Equal(expected, Assert.Single(Open().Migrations).Rollback!.NoTransaction);
    }
}
