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

    [Fact]
    public void A_directive_below_the_first_statement_is_refused()
    {
        Write("0001_a.sql", "SELECT 1;\n-- belay: no-transaction\nVACUUM;\n");
        Assert.Equal([$"{PathOf("0001_a.sql")}:2: \"-- belay: no-transaction\" stands below the first statement, where a directive has no effect: put it above"], Faults());
        Write("0001_a.sql", "SELECT '\n-- belay: no-transaction\n';\n");
        Assert.Single(Open().Migrations);
    }
}
