using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Npgsql;

namespace Belay.IntegrationTests.Postgres;

/// <summary>A session that the server ends between two questions or during one.</summary>
public sealed class LostSessionTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    [Fact]
    public async Task Is_told_as_a_lost_server_by_whatever_is_asked_next()
    {
        await using var connection = await Database.OpenAsync(Token);
        await Assert.ThrowsAsync<PostgresException>(
            () => connection.ExecuteAsync("SELECT pg_terminate_backend(pg_backend_pid())", Token));

        Func<Task>[] questions =
        [
            async () => await connection.ExecuteAsync("SELECT 1", Token),
            async () => await connection.ScalarAsync("SELECT 1", Token),
            async () => await connection.RowsAsync("SELECT 1", reader => reader.GetInt32(0), Token),
            async () => await connection.RunAsync([new SqlStep("SELECT 1")], Token),
        ];

        foreach (var question in questions)
        {
            Assert.Equal("Connection is not open", (await Assert.ThrowsAsync<NpgsqlException>(question)).Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Is_no_server_that_refuses_to_tell_its_position(int question)
    {
        await Database.ExecuteAsync(
            $"""
            CREATE SCHEMA ends;
            CREATE SEQUENCE ends.questions;
            CREATE FUNCTION ends.pg_current_wal_lsn() RETURNS pg_lsn LANGUAGE sql AS $$
                SELECT CASE WHEN nextval('ends.questions') = {question} THEN pg_terminate_backend(pg_backend_pid()) END;
                SELECT pg_catalog.pg_current_wal_lsn() $$;
            ALTER DATABASE "{Database.Target.Database}" SET search_path = ends, pg_catalog;
            """,
            Token);
        await using var connection = await Database.OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<PostgresException>(() => PositionReader.ReadAsync(connection, Token));

        Assert.Equal(PostgresErrorCodes.AdminShutdown, fault.SqlState);
    }
}
