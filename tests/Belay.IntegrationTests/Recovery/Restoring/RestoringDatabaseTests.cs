using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Recovery.Restoring;

namespace Belay.IntegrationTests.Recovery.Restoring;

/// <summary>What killed restores leave.</summary>
[Collection(nameof(RestoringCollection))]
public sealed class RestoringDatabaseTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    [Fact]
    public async Task Goes_on_where_a_left_database_cannot_be_dropped_and_says_so()
    {
        var output = new TestOutput();
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = $"left_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE DATABASE {left} OWNER {guest.Username}", Token);
        await Database.ExecuteAsync(
            $"COMMENT ON DATABASE {left} IS 'Belay restores a backup into this database; it is not whole.'", Token);
        await using (await new DatabaseConnector(Postgres.Server.Target(left)).OpenAsync("test", Token))
        {
            await using var connection = await new DatabaseConnector(guest).OpenAsync("restore", Token);
            await RestoringDatabase.SweepAsync(connection, output, Token);
            Assert.Equal(
                0L,
                await Database.ScalarAsync(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
                        + $"AND objid = (SELECT oid FROM pg_database WHERE datname = '{left}')",
                    Token));
        }

        var warning = Assert.Single(output.Warnings);
        Assert.StartsWith($"{left}, which a killed restore left half-done, could not be dropped: ", warning, StringComparison.Ordinal);
        Assert.EndsWith(" (Hint: the next restore tries again)", warning, StringComparison.Ordinal);
        await using var again = await new DatabaseConnector(guest).OpenAsync("restore", Token);
        await RestoringDatabase.SweepAsync(again, output, Token);
        Assert.Equal($"      Dropped {left}, which a killed restore left half-done", output.Lines[^1]);
    }
}
