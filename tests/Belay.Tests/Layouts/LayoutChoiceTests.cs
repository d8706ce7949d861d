using Belay.History;

namespace Belay.Tests.Layouts;

public sealed class LayoutChoiceTests : LayoutTest
{
    [Theory]
    [InlineData("0001_a.sql", "", "belay", null)]
    [InlineData("R_a.sql", "", "belay", null)]
    [InlineData("1_a.up.sql", "", "golang-migrate", "1_a.up.sql")]
    [InlineData("1_a.postgres.up.sql", "", "golang-migrate", "1_a.postgres.up.sql")]
    [InlineData("V1__a.sql", "", "flyway", "V1__a.sql")]
    [InlineData("R__a.sql", "", "flyway", "R__a.sql")]
    [InlineData("one/V1.2__a.sql", "", "flyway", "one/V1.2__a.sql")]
    [InlineData("1_a.sql", "-- migrate:up\n", "dbmate", "\"-- migrate:up\" in 1_a.sql")]
    [InlineData("1_a.sql", "-- +goose Up\n", "goose", "\"-- +goose Up\" in 1_a.sql")]
    [InlineData("1_a.sql", "-- +migrate Up\n", "sql-migrate", "\"-- +migrate Up\" in 1_a.sql")]
    [InlineData("2024-01-01-000000_a/up.sql", "SELECT 1;", "diesel", "2024-01-01-000000_a/up.sql")]
    [InlineData("1654696186008_a/up.sql", "SELECT 1;", "hasura", "1654696186008_a/up.sql")]
    [InlineData("20240101000000_a/migration.sql", "SELECT 1;", "prisma", "20240101000000_a/migration.sql")]
    [InlineData("1-a.sql", "", "plain", "1-a.sql")]
    [InlineData("2017-09-23-142211_a.sql", "", "plain", "2017-09-23-142211_a.sql")]
    public void Recognises_the_layout_by_what_only_it_has(string file, string text, string layout, string? evidence)
    {
        Write(file, text);
        var set = Open();
        Assert.Equal(
            (layout, evidence is null ? null : $"The migrations are in the layout of {layout}, as {evidence} shows"),
            (set.Layout, set.Recognition));
    }

    [Fact]
    public void Recognises_sqitch_by_its_plan()
    {
        Write("sqitch.plan", "a 2013-12-30T23:49:00Z Ann <ann@example.com>\n");
        Write("deploy/a.sql", "SELECT 1;");
        Assert.Equal("The migrations are in the layout of sqitch, as sqitch.plan shows", Open().Recognition);
    }

    [Fact]
    public void Keeps_plain_files_with_rollback_and_checks_of_their_own_in_their_layout()
    {
        Write("1-a.sql", "SELECT 1;");
        Write("1-a.rollback.sql", "SELECT -1;");
        Write("1-a.verify.sql", "-- check: a\n-- expect: 1\nSELECT 1;");
        Assert.Equal(("plain", "SELECT -1;"), (Open().Layout, Assert.Single(Open().Migrations).Rollback?.Text));
    }

    [Fact]
    public void Refuses_formatted_SQL_of_Liquibase_by_its_first_line()
    {
        Write("0001_a.sql", "--liquibase formatted sql\n--changeset a:1\nCREATE TABLE a (id integer);\n--rollback DROP TABLE a;\n");
        Assert.Equal(
            [
                $"{PathOf("0001_a.sql")}: \"--liquibase formatted sql\" begins a file of liquibase, of a form that is not read here: "
                    + "parts of it would run that liquibase leaves out",
            ], Faults());
    }

    [Fact]
    public void Takes_a_misnamed_file_among_its_own_for_a_fault_instead_of_another_layout()
    {
        Write("0001_a.sql", "SELECT 1;");
        Write("0001_a.verify.sql", "");
        Write("0002-b.sql", "SELECT 2;");
        Assert.Equal([$"{PathOf("0002-b.sql")} is not read in the layout belay; it looks like one of plain's"], Faults());
    }

    [Fact]
    public void Refuses_a_folder_that_shows_two_layouts_until_one_is_chosen()
    {
        Write("V1__a.sql", "SELECT 1;");
        Write("2_b.up.sql", "SELECT 2;");
        var exception = Assert.Throws<MigrationException>(() => Open());
        Assert.Equal("The layout of the migrations is ambiguous: 2_b.up.sql is golang-migrate's, V1__a.sql is flyway's", exception.Message);
        Assert.Equal("--layout golang-migrate|flyway chooses, or move the files of the others away", exception.Hint);
        Assert.Equal(
            [$"{PathOf("V1__a.sql")} is not read in the layout golang-migrate; it looks like one of flyway's"], Faults("golang-migrate"));
    }

    [Fact]
    public void Says_how_to_choose_another_layout_when_a_file_does_not_fit_the_recognised_one()
    {
        Write("0001_a.sql", "SELECT 1;");
        Write("2_b.up.sql", "SELECT 2;");
        var exception = Assert.Throws<MigrationException>(() => Open());
        Assert.Equal($"{PathOf("0001_a.sql")} is not read in the layout golang-migrate; it looks like one of belay's", exception.Message);
        Assert.Equal(
            "name the files like 1_name.up.sql, with 1_name.down.sql and, for Belay's checks, 1_name.up.verify.sql beside it; or choose "
                + "another layout with --layout",
            exception.Hint);
    }

    [Fact]
    public void Refuses_a_rollback_script_that_would_never_run()
    {
        Write("R_view.sql", "SELECT 1;");
        Write("R_view.rollback.sql", "SELECT -1;");
        Assert.Equal(
            [$"{PathOf("R_view.rollback.sql")} would never run: Rollback takes back the newest versioned migration, not a repeatable one"],
            Faults());
    }

    [Fact]
    public void Says_nothing_when_the_layout_was_chosen()
    {
        Write("1_a.sql", "SELECT 1;");
        Assert.Equal(("plain", null), (Open("plain").Layout, Open("plain").Recognition));
        Assert.Equal(["--layout alembic is no layout of migrations"], Faults("alembic"));
    }
}
