using System.Globalization;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Recovery.Restoring;
using Belay.Settings;

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
            await RestoringDatabase.SweepAsync(guest, connection, output, Token);
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
        await RestoringDatabase.SweepAsync(guest, again, output, Token);
        Assert.Equal($"      Dropped {left}, which a killed restore left half-done", output.Lines[^1]);
    }

    [Fact]
    public async Task Drops_what_a_restore_made_that_was_killed_before_it_could_mark_it()
    {
        var output = new TestOutput();
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = Name("20200101_000000");
        await guest.ExecuteAsync($"CREATE DATABASE {left}", Token);

        await SweepAsync(guest, output);

        Assert.Equal([$"      Dropped {left}, which a killed restore left half-done"], output.Lines);
        Assert.False(await HasAsync(left));
    }

    [Theory]
    [InlineData("filled")]
    [InlineData("of another role")]
    [InlineData("with a comment")]
    [InlineData("just made")]
    [InlineData("of another name")]
    [InlineData("used")]
    [InlineData("being made")]
    public async Task Leaves_a_database_without_a_mark_that_may_be_somebody_else_s(string kind)
    {
        var output = new TestOutput();
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = kind == "of another name" ? $"mine_restoring_{Guid.NewGuid():N}"
            : Name(kind == "just made" ? $"{TimeProvider.System.GetUtcNow():yyyyMMdd_HHmmss}" : "20200101_000000");
        await Database.ExecuteAsync(
            $"CREATE DATABASE {left} OWNER {(kind == "of another role" ? "postgres" : guest.Username)}", Token);
        await Database.ExecuteAsync(kind == "with a comment" ? $"COMMENT ON DATABASE {left} IS 'mine'" : "SELECT", Token);
        await Postgres.Server.Target(left).ExecuteAsync(kind == "filled" ? "CREATE TABLE mine ()" : "SELECT", Token);
        await using var user = await new DatabaseConnector(Postgres.Server.Target(kind == "used" ? left : "postgres"))
            .OpenAsync("test", Token);
        Assert.True(kind != "being made" || await NameHold.TryAsync(user, 0x42656c64, left, Token));

        await SweepAsync(guest, output);

        Assert.True(await HasAsync(left));
        Assert.DoesNotContain(output.Lines, line => line.Contains("Dropped", StringComparison.Ordinal));
        Assert.Equal(kind == "used" ? 1 : 0, output.Warnings.Count(warning => warning.StartsWith(left, StringComparison.Ordinal)));
        await user.DisposeAsync();
        await Database.ExecuteAsync($"DROP DATABASE {left}", Token);
    }

    [Theory]
    [InlineData("GRANT CONNECT ON DATABASE {0} TO pg_monitor")]
    [InlineData("REVOKE CONNECT ON DATABASE {0} FROM PUBLIC")]
    [InlineData("ALTER DATABASE {0} SET work_mem = '5MB'")]
    [InlineData("ALTER ROLE CURRENT_USER IN DATABASE {0} SET work_mem = '5MB'")]
    [InlineData("ALTER DATABASE {0} CONNECTION LIMIT 5")]
    [InlineData("ALTER DATABASE {0} IS_TEMPLATE true")]
    [InlineData("ALTER DATABASE {0} ALLOW_CONNECTIONS false")]
    public async Task Leaves_an_empty_database_without_a_mark_that_somebody_has_made_ready(string command)
    {
        var output = new TestOutput();
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = Name("20200101_000000");
        await guest.ExecuteAsync($"CREATE DATABASE {left}", Token);
        await Database.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, command, left), Token);

        await SweepAsync(guest, output);

        Assert.True(await HasAsync(left));
        await Database.ExecuteAsync($"ALTER DATABASE {left} IS_TEMPLATE false", Token);
        await Database.ExecuteAsync($"DROP DATABASE {left}", Token);
    }

    private static string Name(string time) => $"shop_{Guid.NewGuid():N}"[..20] + $"_restoring_{time}";

    private static async Task SweepAsync(DatabaseTarget guest, TestOutput output)
    {
        await using var connection = await new DatabaseConnector(guest).OpenAsync("restore", Token);
        await RestoringDatabase.SweepAsync(guest, connection, output, Token);
    }

    private async Task<bool> HasAsync(string name)
        => await Database.ScalarAsync($"SELECT count(*) FROM pg_database WHERE datname = '{name}'", Token) is 1L;
}
