namespace Belay.Tests.Layouts;

public sealed class WayBackTests : LayoutTest
{
    [Theory]
    [InlineData("---- create above / drop below ----", "tern")]
    [InlineData("---- create above / drop below ---", "tern")]
    [InlineData("-- +migrate Down;", "sql-migrate")]
    [InlineData("-- Down Migration", "node-pg-migrate")]
    [InlineData("--- down migration ---", "node-pg-migrate")]
    [InlineData("-- +migrate Down", "sql-migrate")]
    [InlineData("-- //@UNDO", "mybatis")]
    [InlineData("--//@UNDO", "mybatis")]
    [InlineData("-- !Downs", "play")]
    [InlineData("--- !Downs", "play")]
    [InlineData("-- migrate:down", "dbmate")]
    [InlineData("-- +goose Down", "goose")]
    [InlineData("-- ==== DOWN ====", "shmig")]
    [InlineData("-- rambler down", "rambler")]
    public void Refuses_a_file_whose_way_back_the_chosen_layout_would_run(string marker, string tool)
    {
        Write("001_u.sql", $"CREATE TABLE u (id integer);\n{marker}\nDROP TABLE u;\n");
        foreach (var layout in new[] { "belay", "plain", "sqlx", "dbup", "postgres-migrations" })
        {
            Assert.Equal(
                [
                    $"{PathOf("001_u.sql")}:2: \"{marker}\" begins the way back of {tool}, which the layout {layout} does not read: all "
                        + "of the file would run",
                ],
                Faults(layout));
        }
    }

    [Theory]
    [InlineData("-- +goose Down")]
    [InlineData("-- migrate:down")]
    public void Sees_a_marker_behind_a_statement_where_its_tool_would_run_on(string marker)
    {
        Write("001_u.sql", $"CREATE TABLE u (id integer); {marker}\nDROP TABLE u;\n");
        Assert.Contains(
            Faults("belay"),
            fault => fault.StartsWith($"{PathOf("001_u.sql")}:1: \"{marker}\" begins the way back", StringComparison.Ordinal));
        Write("001_u.sql", $"CREATE TABLE u (id integer); {marker}\n");
        Assert.Single(Open("belay").Migrations);
    }

    [Theory]
    [InlineData("# --- !Downs", "--- !Downs")]
    [InlineData("  -- Down Migration", "-- Down Migration")]
    public void Sees_a_marker_behind_a_sign_or_blanks(string line, string comment)
    {
        Write("001_u.sql", $"CREATE TABLE u (id integer);\n{line}\nDROP TABLE u;\n");
        Assert.Contains(
            Faults("belay"),
            fault => fault.StartsWith($"{PathOf("001_u.sql")}:2: \"{comment}\" begins the way back", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-- down")]
    [InlineData("-- DOWN --")]
    [InlineData("--- [Down] ---")]
    [InlineData("-- @undo")]
    [InlineData("-- +micrate Down")]
    [InlineData("-- Migrate down:")]
    public void Refuses_what_looks_like_a_marker_of_an_unknown_tool_when_statements_follow(string marker)
    {
        Write("001_u.sql", $"CREATE TABLE u (id integer);\n{marker}\nDROP TABLE u;\n");
        Assert.Equal(
            [
                $"{PathOf("001_u.sql")}:2: \"{marker}\" begins the way back, which the layout belay does not read: all of the file would "
                    + "run",
            ], Faults());
        Write("001_u.sql", $"BEGIN;\nCREATE TABLE u (id integer);\n{marker}\n-- DROP TABLE u;\nCOMMIT;\n");
        Assert.Single(Open().Migrations);
    }

    [Fact]
    public void Takes_a_rollback_under_a_heading_of_its_own_for_a_way_back_when_the_way_forward_has_one_too()
    {
        Write("001_u.sql", "-- UP\nCREATE TABLE u (id integer);\n-- ROLLBACK\nDROP TABLE u;\n");
        Assert.Equal(
            [
                $"{PathOf("001_u.sql")}:3: \"-- ROLLBACK\" begins the way back, which the layout belay does not read: all of the file "
                    + "would run",
            ], Faults());
        Write("001_u.sql", "CREATE TABLE u (id integer);\n-- rollback\nDROP TABLE v;\n");
        Assert.Single(Open().Migrations);
    }

    [Theory]
    [InlineData("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n-- migrate:down\nSELECT 'a' $$;\nSELECT 1;")]
    [InlineData("SELECT '\n-- Down Migration\n';\nSELECT 1;")]
    [InlineData("COPY t FROM stdin;\nit's\n-- +goose Down\n\\.\nSELECT 1;")]
    [InlineData("SELECT 1; -- down\nSELECT 2;")]
    [InlineData("-- scale down the workers\nSELECT 1;")]
    public void Reads_a_marker_that_is_text_as_the_text_that_it_is(string text)
    {
        Write("001_u.sql", text);
        Assert.Single(Open("belay").Migrations);
    }

    [Fact]
    public void Sees_a_marker_behind_copied_rows_with_an_odd_quote()
    {
        Write("001_u.sql", "COPY t FROM stdin;\nit's\n\\.\n-- migrate:down\nDROP TABLE t;\n");
        Assert.Single(Faults("belay"));
    }

    [Fact]
    public void Leaves_a_marker_to_the_layout_that_reads_it()
    {
        Write("1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT -1;\n");
        Assert.Equal("dbmate", Open().Layout);
    }
}
