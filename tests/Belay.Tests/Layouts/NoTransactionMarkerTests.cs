namespace Belay.Tests.Layouts;

public sealed class NoTransactionMarkerTests : LayoutTest
{
    [Theory]
    [InlineData("-- no-transaction\nSELECT 1;", true)]
    [InlineData("-- postgres-migrations disable-transaction\nSELECT 1;", true)]
    [InlineData("-- a remark\n\n-- atlas:txmode none\nSELECT 1;", true)]
    [InlineData("-- evolve-tx-off\nSELECT 1;", true)]
    [InlineData("---- tern: disable-tx ----\nSELECT 1;", true)]
    [InlineData("-- +goose NO TRANSACTION\nSELECT 1;", true)]
    [InlineData("-- a remark\n-- no-transaction\nSELECT 1;", false)]
    [InlineData("SELECT 1;\n-- atlas:txmode none\n", false)]
    [InlineData("SELECT '\n-- postgres-migrations disable-transaction\n';", false)]
    public void Is_heeded_whatever_the_layout_is(string text, bool expected)
    {
        Write("1_a.up.sql", text);
        Assert.Equal(expected, Assert.Single(Open("golang-migrate").Migrations).Directives.NoTransaction);
        File.Move(PathOf("1_a.up.sql"), PathOf("0001_a.sql"));
        Assert.Equal(expected, Assert.Single(Open("belay").Migrations).Directives.NoTransaction);
        File.Move(PathOf("0001_a.sql"), PathOf("V1__a.sql"));
        Assert.Equal(expected, Assert.Single(Open("flyway").Migrations).Directives.NoTransaction);
    }

    [Theory]
    [InlineData("-- migrate:up")]
    [InlineData("-- +goose Up")]
    public void A_directive_counts_above_another_tool_s_marker(string marker)
    {
        Write("1_a.sql", $"-- belay: no-transaction\n-- belay: statement-timeout 1h\n{marker}\nVACUUM;\n");
        var directives = Assert.Single(Open().Migrations).Directives;
        Assert.Equal((true, TimeSpan.FromHours(1)), (directives.NoTransaction, directives.StatementTimeout));
    }

    [Theory]
    [InlineData("belay", "-- belay: no-transaction")]
    [InlineData("belay", "-- atlas:txmode none")]
    [InlineData("belay", "-- +goose NO TRANSACTION")]
    public void What_stands_in_the_head_counts_below_a_comment_of_many_lines(string layout, string marker)
    {
        Write("0001_a.sql", $"/*\n * Licensed under the Apache License.\n */\n{marker}\nVACUUM;\n");
        Assert.True(Assert.Single(Open(layout).Migrations).Directives.NoTransaction);
        Write("0001_a.sql", $"/*\n{marker}\n*/\nSELECT 1;\n");
        Assert.False(Assert.Single(Open(layout).Migrations).Directives.NoTransaction);
    }

    [Theory]
    [InlineData(
        "1_a.sql",
        "-- +migrate Up\nCREATE EXTENSION a;\nCOMMIT;\nCREATE INDEX CONCURRENTLY i ON t (a);\nBEGIN;\n\n-- +migrate Down\nSELECT -1;\n",
        true)]
    [InlineData("0001_a.sql", "COMMIT;\nVACUUM;\nBEGIN;\n", true)]
    [InlineData("0001_a.sql", "SELECT 1;\nCOMMIT;\nVACUUM;\n", true)]
    [InlineData("0001_a.sql", "VACUUM;\nCOMMIT;\n", false)]
    [InlineData("0001_a.sql", "COMMIT;\nSELECT 1;\nBEGIN;\n", false)]
    public void A_file_that_steps_out_of_its_tool_s_transaction_has_none(string file, string text, bool expected)
    {
        Write(file, text);
        Assert.Equal(expected, Assert.Single(Open().Migrations).Directives.NoTransaction);
    }

    [Fact]
    public void A_directive_below_the_first_statement_is_refused()
    {
        Write("0001_a.sql", "SELECT 1;\n-- belay: no-transaction\nVACUUM;\n");
        Assert.Equal(
            [
                $"{PathOf("0001_a.sql")}:2: \"-- belay: no-transaction\" stands below the first statement, where a directive has no "
                    + "effect: put it above",
            ], Faults());
        Write("0001_a.sql", "SELECT '\n-- belay: no-transaction\n';\n");
        Assert.Single(Open().Migrations);
    }
}
