using Belay.IntegrationTests.Support;
using Belay.Watching;
using Npgsql;

namespace Belay.IntegrationTests.Watching;

public sealed class EarlierSessionTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE \"user\" (id integer, \"my name\" text); CREATE TABLE other (id integer)", Token);

    [Theory]
    [InlineData("CREATE INDEX ON \"user\" (id)", null)]
    [InlineData(
        "ALTER TABLE \"user\" ADD COLUMN max_reports integer NOT NULL DEFAULT 5",
        "\"user\": columns of before by name work; SELECT * that was prepared before the migration fails: cached plan must not change "
            + "result type; an application that prepares it must open new connections")]
    [InlineData(
        "ALTER TABLE \"user\" DROP COLUMN \"my name\"",
        "\"user\": a statement that names the columns of before the migration fails: column \"my name\" does not exist")]
    [InlineData(
        "ALTER TABLE \"user\" ALTER COLUMN id TYPE bigint",
        "\"user\": a statement that names the columns of before the migration fails: cached plan must not change result type")]
    public async Task Tells_what_statements_of_before_a_migration_come_to(string migration, string? expected)
    {
        await using var session = await EarlierSession.OpenAsync(Database.Connector, ["\"user\"", "other", "missing"], Token);
        Assert.Equal(2, session.Count);
        Assert.Empty((await session.LookAsync(Token))!);

        await Database.ExecuteAsync(migration, Token);

        Assert.Equal(expected is null ? [] : [expected], (await session.LookAsync(Token))!);
    }

    [Fact]
    public async Task It_keeps_no_migration_waiting_and_waits_for_none()
    {
        await using var session = await EarlierSession.OpenAsync(Database.Connector, ["\"user\""], Token);
        await using var migration = await Database.HoldAsync("ALTER TABLE \"user\" ADD COLUMN x integer", Token);

        Assert.Empty((await session.LookAsync(Token))!);
    }

    [Fact]
    public async Task A_table_that_may_not_be_read_is_named_and_the_others_are_read()
    {
        await Database.ExecuteAsync(
            "CREATE ROLE est_reader LOGIN PASSWORD 'word-of-est-reader'; GRANT SELECT ON other TO est_reader", Token);
        try
        {
            var connector = new Belay.Postgres.DatabaseConnector(
                Database.Target with { Username = "est_reader", Password = new Secret("word-of-est-reader") });
            await using var session = await EarlierSession.OpenAsync(connector, ["\"user\"", "other"], Token);

            Assert.Equal(["\"user\": permission denied for table user"], session.Unread);
            Assert.Equal(1, session.Count);
            Assert.Empty((await session.LookAsync(Token))!);
        }
        finally
        {
            await Database.ExecuteAsync("DROP OWNED BY est_reader; DROP ROLE est_reader", Token);
        }
    }

    [Fact]
    public async Task A_session_that_the_server_ended_says_so()
    {
        await using var session = await EarlierSession.OpenAsync(Database.Connector, ["\"user\""], Token);
        await Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'belay watch' "
                + "AND datname = current_database()",
            Token);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => session.LookAsync(Token));
    }
}
