using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Npgsql;

namespace Belay.IntegrationTests.Postgres;

/// <summary>Statements that are sent together.</summary>
public sealed class SqlStepTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    [Fact]
    public async Task Reads_each_answer_in_its_turn_though_others_answer_nothing()
    {
        var read = new List<string>();
        await using var connection = await OpenAsync();

        await connection.RunAsync(
            [
                new("CREATE TEMPORARY TABLE numbers (number integer)"),
                SqlStep.Deaf("SELECT pg_catalog.set_config('work_mem', '5MB', false)"),
                new("INSERT INTO numbers VALUES (1), (2)"),
                Asking("SELECT number::text FROM numbers ORDER BY 1", read),
                Asking(new SqlQuery("SELECT current_setting($1)", "work_mem"), read),
            ],
            Token);

        Assert.Equal(["1", "2", "5MB"], read);
    }

    [Fact]
    public async Task Tells_the_step_that_failed_and_runs_none_after_it()
    {
        var (read, told) = (new List<string>(), new List<string>());
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE steps (step integer)", Token);

        var failure = await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync(
            [
                Asking("SELECT 'first'", read) with { Failed = () => told.Add("first") },
                new("INSERT INTO steps VALUES ('second')") { Failed = () => told.Add("second") },
                new("INSERT INTO steps VALUES (3)") { Failed = () => told.Add("third") },
            ],
            Token));

        Assert.Equal("22P02", failure.SqlState);
        Assert.Equal(["second"], told);
        Assert.Equal(["first"], read);
        Assert.Equal(0L, await connection.ScalarAsync("SELECT count(*) FROM steps", Token));
    }

    [Theory]
    [InlineData("SELECT (1 / (SELECT 0))::text")]
    [InlineData("SELECT (1 / (2 - number))::text FROM generate_series(1, 3) AS number")]
    public async Task Tells_the_step_that_fails_while_its_answer_is_read(string question)
    {
        var told = new List<string>();
        await using var connection = await OpenAsync();

        await Assert.ThrowsAsync<PostgresException>(() => connection.RunAsync(
            [
                Asking("SELECT 'first'", []) with { Failed = () => told.Add("first") },
                Asking(question, []) with { Failed = () => told.Add("second") },
                Asking("SELECT 'third'", []) with { Failed = () => told.Add("third") },
            ],
            Token));

        Assert.Equal(["second"], told);
    }

    private Task<NpgsqlConnection> OpenAsync() => new DatabaseConnector(Database.Target).OpenAsync("test", Token);

    private SqlStep Asking(SqlQuery query, List<string> read)
        => new(query) { Read = async reader => read.AddRange(await reader.RowsAsync(row => row.GetString(0), Token)) };
}
