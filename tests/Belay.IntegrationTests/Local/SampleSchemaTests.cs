using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Npgsql;

namespace Belay.IntegrationTests.Local;

public sealed class SampleSchemaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Creates_15_users_without_the_four_columns()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);

        Assert.Equal(15L, await sample.Database.ScalarAsync("SELECT count(*) FROM \"user\"", Token));
        Assert.Equal(
            "id,username,password_hash",
            await sample.Database.ScalarAsync(
                "SELECT string_agg(column_name, ',' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'user'",
                Token));
        Assert.Equal(
            sample.Roles.Owner,
            await sample.Database.ScalarAsync("SELECT tableowner FROM pg_tables WHERE tablename = 'user'", Token));
    }

    [Fact]
    public async Task Leaves_a_migrated_table_as_it_is_when_applied_again()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await sample.MigrateAsync(Token);
        await sample.Database.ExecuteAsync("UPDATE \"user\" SET max_reports = 9 WHERE id = 1", Token);

        await sample.ApplyAsync(Token);

        Assert.Equal(9, await sample.Database.ScalarAsync("SELECT max_reports FROM \"user\" WHERE id = 1", Token));
    }

    [Fact]
    public async Task Lets_the_API_read_users_and_nothing_more()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await using var connection = await new DatabaseConnector(sample.Api).OpenAsync("test", Token);

        await using var read = new NpgsqlCommand("SELECT count(*) FROM \"user\"", connection);
        Assert.Equal(15L, await read.ExecuteScalarAsync(Token));
        await using var write = new NpgsqlCommand("UPDATE \"user\" SET username = username", connection);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync(Token));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
