using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Verification;

namespace Belay.IntegrationTests.Verification;

public sealed class CheckRunnerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Compares_values_as_psql_prints_them()
    {
        var report = await RunAsync("""
            -- check: types
            -- expect:
            --   t | 2025-10-12 | {1,2} | 1.50 | NULL | '' | \x6869 | {"a": 1} | a\|b | 00:00:02
            SELECT true, date '2025-10-12', array[1,2], 1.50, NULL, '', 'hi'::bytea, '{"a": 1}'::jsonb, 'a|b', interval '2 s';
            """);

        Assert.Empty(Assert.Single(report.Results).Differences);
    }

    [Theory]
    [InlineData("SELECT E'it''s \\';'", "it's ';")]
    [InlineData("SELECT E'a'\n  '\\';b'", "a';b")]
    [InlineData("SELECT 'a'\n  ';b'", "a;b")]
    [InlineData("SELECT $→$a;$$b$→$", "a;$$b")]
    [InlineData("SELECT n FROM (SELECT 1 AS n) AS →$$", "1")]
    [InlineData("SELECT U&'\\0041;'", "A;")]
    [InlineData("SELECT 1 /* ; /* ; */ ; */ + 1", "2")]
    public async Task Gives_the_server_the_whole_of_a_statement_with_a_semicolon_inside(string sql, string value)
    {
        var report = await RunAsync($"-- check: one\n-- report\n{sql};\n-- check: two\n-- report\nSELECT 'second';\n");

        Assert.Equal([value, "second"], report.Results.Select(result => result.Rows[0][0]));
    }

    [Fact]
    public async Task Runs_the_checks_after_one_that_fails()
    {
        var report = await RunAsync("""
            -- check: missing
            -- expect: no rows
            SELECT max_reports FROM pg_class;
            -- check: wrong
            -- expect:
            --   5
            --   5
            SELECT * FROM (VALUES (5), (6)) AS t (column_default);
            -- check: good
            -- report
            SELECT 15 AS total_users;
            """);

        Assert.Equal(["42703: column \"max_reports\" does not exist"], report.Results[0].Differences);
        Assert.Equal(["row 2, column_default: expected 5, got 6"], report.Results[1].Differences);
        Assert.Equal([["15"]], report.Results[2].Rows);
        Assert.False(report.Passed);
    }

    [Fact]
    public async Task Lets_a_check_change_nothing_inside_a_migration_and_leaves_its_transaction_as_it_was()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var connection = await database.OpenAsync(Token);
        await connection.ExecuteAsync("BEGIN; SET LOCAL statement_timeout = '7min'; CREATE TABLE t (a int)", Token);

        var report = await CheckRunner.RunAsync(
            connection,
            CheckFile.Parse(
                "f.sql", "-- check: writes\n-- expect: no rows\nWITH added AS (INSERT INTO t VALUES (1) RETURNING a) SELECT a FROM added;"),
            Token);
        await connection.ExecuteAsync("INSERT INTO t VALUES (2)", Token);

        Assert.Equal(["25006: cannot execute SELECT in a read-only transaction"], Assert.Single(report.Results).Differences);
        Assert.Equal("7min", await connection.ScalarAsync("SELECT current_setting('statement_timeout')", Token));
        await connection.ExecuteAsync("COMMIT", Token);
        Assert.Equal(2L, await database.ScalarAsync("SELECT sum(a) FROM t", Token));
    }

    [Fact]
    public async Task Fails_a_check_from_which_the_server_would_hide_rows()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        var role = await database.CreateRoleAsync(Token);
        await database.ExecuteAsync(
            "CREATE TABLE hidden AS SELECT 1 AS id; ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; "
                + $"GRANT SELECT ON hidden TO {role.Username}",
            Token);
        await using var connection = await new DatabaseConnector(role).OpenAsync("test", Token);

        var report = await CheckRunner.RunAsync(
            connection, CheckFile.Parse("f.sql", "-- check: none\n-- expect: no rows\nSELECT id FROM hidden;"), Token);

        Assert.Equal(
            ["42501: query would be affected by row-level security policy for table \"hidden\""],
            Assert.Single(report.Results).Differences);
        Assert.False(report.Passed);
    }

    [Fact]
    public async Task Sees_what_the_migration_has_not_committed_yet()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var connection = await database.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await connection.ExecuteAsync("CREATE TABLE t AS SELECT 5 AS a", Token);

        var report = await CheckRunner.RunAsync(
            connection, CheckFile.Parse("f.sql", "-- check: row\n-- expect:\n-- 5\nTABLE t;"), Token);

        Assert.True(report.Passed);
    }

    [Fact]
    public async Task Ends_a_check_that_takes_too_long_and_goes_on()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var connection = await database.OpenAsync(Token);
        var checks = CheckFile.Parse("f.sql", "-- check: slow\n-- report\nSELECT pg_sleep(600);\n-- check: quick\n-- report\nSELECT 1;");

        var report = await CheckRunner.RunAsync(connection, checks, TimeSpan.FromMilliseconds(200), Token);

        Assert.Equal(["57014: canceling statement due to statement timeout"], report.Results[0].Differences);
        Assert.True(report.Results[1].Passed);
    }

    [Fact]
    public async Task Keeps_the_first_hundred_rows_and_counts_all()
    {
        var report = await RunAsync("-- check: many\n-- report\nSELECT * FROM generate_series(1, 100000);");

        Assert.Equal((100, 100000L), (report.Results[0].Rows.Count, report.Results[0].RowCount));
    }

    [Fact]
    public async Task Stops_when_cancelled_and_leaves_the_connection_usable()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var connection = await database.OpenAsync(Token);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var checks = CheckFile.Parse("f.sql", "-- check: slow\n-- report\nSELECT pg_sleep(600);");

        await Task.WhenAll(
            Assert.ThrowsAnyAsync<OperationCanceledException>(() => CheckRunner.RunAsync(connection, checks, cancelled.Token)),
            CancelWhenAsleepAsync(database, cancelled));

        await connection.ExecuteAsync("CREATE TABLE after_it (a int)", Token);
    }

    private static async Task CancelWhenAsleepAsync(TestDatabase database, CancellationTokenSource source)
    {
        const string Asleep =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = "
                + "'active'";
        while (await database.ScalarAsync(Asleep, Token) is 0L)
        {
            await Task.Delay(20, Token);
        }

        await source.CancelAsync();
    }

    private async Task<VerificationReport> RunAsync(string file)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var connection = await database.OpenAsync(Token);
        return await CheckRunner.RunAsync(connection, CheckFile.Parse("f.sql", file), Token);
    }
}
