namespace Belay.Tests.Layouts;

public sealed class RollbackPlaceTests : LayoutTest
{
    [Theory]
    [InlineData("0001_a.sql", "SELECT 1;", "belay", "0001_a.rollback.sql")]
    [InlineData("1_a.up.sql", "SELECT 1;", "golang-migrate", "1_a.down.sql")]
    [InlineData("V1__a.sql", "SELECT 1;", "flyway", "U1__a.sql")]
    [InlineData("2024-01-31-120000_a/up.sql", "SELECT 1;", "diesel", "2024-01-31-120000_a/down.sql")]
    [InlineData("1_a.sql", "-- migrate:up\nSELECT 1;", "dbmate", "it into 1_a.sql, below a line \"-- migrate:down\"")]
    [InlineData("1_a.sql", "-- +goose Up\nSELECT 1;", "goose", "it into 1_a.sql, below a line \"-- +goose Down\"")]
    [InlineData(
        "1_a.sql",
        "SELECT 1;\n---- create above / drop below ----",
        "tern",
        "it into 1_a.sql, below a line \"---- create above / drop below ----\"")]
    public void Names_the_file_or_the_marker_that_the_layout_wants_for_the_way_back(string file, string text, string layout, string place)
    {
        Write(file, text + "\n");

        Assert.Equal(place, Assert.Single(Open(layout).Migrations).RollbackPlace);
    }

    [Fact]
    public void Names_the_script_in_the_folder_of_reverts_for_a_change_of_sqitch()
    {
        Write("sqitch.plan", "%syntax-version=1.0.0\n%project=app\n\na 2024-01-31T12:00:00Z A <a@example.com>\n");
        Write("deploy/a.sql", "SELECT 1;\n");

        Assert.Equal("revert/a.sql", Assert.Single(Open("sqitch").Migrations).RollbackPlace);
    }
}
