using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>What <c>--statement-timeout</c> promises, whatever the script sets.</summary>
public sealed class StatementLimitTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Look = "CREATE TABLE seen AS SELECT current_setting('statement_timeout') AS run;";

    [Theory]
    [InlineData("SET statement_timeout = 0;", "15min")]
    [InlineData("SET LOCAL statement_timeout TO '1h';", "15min")]
    [InlineData("SELECT set_config('statement_timeout', '0', false);", "15min")]
    [InlineData("DO 'BEGIN SET LOCAL statement_timeout = 0; END';", "15min")]
    [InlineData("RESET ALL;", "15min")]
    [InlineData("SET statement_timeout = '2min';", "2min")]
    public async Task Is_the_longest_run_whatever_limit_the_script_has_set(string statement, string expected)
    {
        Bench.Write("0001_note.sql", $"{statement}\n{Look}");

        await Bench.RunAsync();

        Assert.Equal([expected], await Bench.QueryAsync("SELECT run FROM seen"));
    }

    [Theory]
    [InlineData("SET statement_timeout = 0;", "15min")]
    [InlineData("RESET ALL;", "15min")]
    [InlineData("SET statement_timeout = '2min';", "2min")]
    public async Task Is_the_longest_run_outside_a_transaction_too(string statement, string expected)
    {
        Bench.Write("0001_note.sql", $"-- belay: no-transaction\n{statement}\n{Look}");

        await Bench.RunAsync();

        Assert.Equal([expected], await Bench.QueryAsync("SELECT run FROM seen"));
    }

    [Fact]
    public async Task Is_more_where_the_file_says_so()
    {
        Bench.Write("0001_note.sql", $"-- belay: statement-timeout 2h\nSET statement_timeout = 0;\n{Look}");

        await Bench.RunAsync();

        Assert.Equal(["2h"], await Bench.QueryAsync("SELECT run FROM seen"));
    }
}
