using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;

namespace Belay.IntegrationTests.Servers;

/// <summary>What is dropped on a server that others run.</summary>
public sealed class BorrowedServerTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private readonly TestOutput output = new();

    [Fact]
    public async Task Leaves_the_copy_of_a_rehearsal_that_runs_with_another_database_in_its_address()
    {
        await using var first = await OpenAsync(Database.Target);
        var copy = first.NameOf("copy");
        await first.ReserveAsync(copy, Token);
        await Database.ExecuteAsync($"CREATE DATABASE {copy}", Token);
        await first.ClaimAsync(copy, Token);

        await using (await OpenAsync(Postgres.Server.Target("postgres")))
        {
            Assert.True(await HasAsync(copy));
        }

        await first.DisposeAsync();
        Assert.False(await HasAsync(copy));
    }

    [Fact]
    public async Task Goes_on_where_a_left_copy_cannot_be_dropped_and_says_so()
    {
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = $"belay_scratch_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE DATABASE {left} OWNER {guest.Username}", Token);
        await Database.ExecuteAsync(
            $"COMMENT ON DATABASE {left} IS 'Belay rehearses a release in this database and drops it afterwards.'", Token);
        await using (await new DatabaseConnector(Postgres.Server.Target(left)).OpenAsync("test", Token))
        {
            await using var server = await OpenAsync(guest);
        }

        Assert.Contains(
            output.Lines, line => line.Contains($"{left} could not be dropped from the server of SCRATCH_URL: ", StringComparison.Ordinal));
        Assert.True(await HasAsync(left));
        await Database.ExecuteAsync($"DROP DATABASE {left}", Token);
    }

    [Fact]
    public async Task Drops_what_a_run_left_that_was_killed_before_it_could_mark_it()
    {
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = Name("20200101_000000");
        await guest.ExecuteAsync($"CREATE DATABASE {left}", Token);

        await using var server = await OpenAsync(guest);

        Assert.Equal([$"      Dropped {left}, which a killed rehearsal left on the server of SCRATCH_URL"], output.Lines);
        Assert.False(await HasAsync(left));
    }

    [Theory]
    [InlineData("filled")]
    [InlineData("filled with what is no table")]
    [InlineData("filled with a large object of a low number")]
    [InlineData("of another role")]
    [InlineData("with a comment")]
    [InlineData("just made")]
    [InlineData("of another name")]
    [InlineData("used")]
    public async Task Leaves_a_database_without_a_mark_that_may_be_somebody_else_s(string kind)
    {
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var left = kind == "of another name" ? $"belay_scratch_20200101_of_mine_{Guid.NewGuid():N}"[..60]
            : Name(kind == "just made" ? $"{TimeProvider.System.GetUtcNow():yyyyMMdd_HHmmss}" : "20200101_000000");
        await Database.ExecuteAsync(
            $"CREATE DATABASE {left} OWNER {(kind == "of another role" ? "postgres" : guest.Username)}", Token);
        await Database.ExecuteAsync(kind == "with a comment" ? $"COMMENT ON DATABASE {left} IS 'mine'" : "SELECT", Token);
        await Postgres.Server.Target(left).ExecuteAsync(
            kind switch
            {
                "filled" => "CREATE TABLE mine ()",
                "filled with what is no table" => "CREATE COLLATION mine FROM \"C\"",
                "filled with a large object of a low number" => "SELECT lo_create(5)",
                _ => "SELECT",
            },
            Token);
        await using var user = await new DatabaseConnector(Postgres.Server.Target(kind == "used" ? left : "postgres"))
            .OpenAsync("test", Token);

        await using (await OpenAsync(guest))
        {
            Assert.True(await HasAsync(left));
        }

        Assert.DoesNotContain(output.Lines, line => line.Contains("Dropped", StringComparison.Ordinal));
        await user.DisposeAsync();
        await Database.ExecuteAsync($"DROP DATABASE {left}", Token);
    }

    [Fact]
    public async Task Leaves_what_a_run_that_lives_has_made_and_not_marked_yet()
    {
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var early = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        await using var first = await OpenAsync(guest, early);
        var copy = first.NameOf("copy");
        await first.ReserveAsync(copy, Token);
        await guest.ExecuteAsync($"CREATE DATABASE {copy}", Token);

        await using (await OpenAsync(guest))
        {
            Assert.True(await HasAsync(copy));
        }

        await first.DisposeAsync();
        Assert.False(await HasAsync(copy));
    }

    [Fact]
    public async Task Refuses_a_name_that_is_there_and_leaves_that_database()
    {
        var guest = await Database.CreateRoleAsync(Token, "CREATEDB");
        var server = await OpenAsync(guest);
        var copy = server.NameOf("copy");
        await guest.ExecuteAsync($"CREATE DATABASE {copy}", Token);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => server.ReserveAsync(copy, Token));

        Assert.Equal(
            $"The server of SCRATCH_URL has a database {copy} already, or another run makes it. Nothing was touched.", refusal.Message);
        await server.DisposeAsync();
        Assert.True(await HasAsync(copy));
        await Database.ExecuteAsync($"DROP DATABASE {copy}", Token);
    }

    [Fact]
    public async Task Drops_the_copy_also_as_a_role_that_may_not_end_autovacuum_there()
    {
        await using var server = await AutovacuumServer.StartAsync(Postgres.Tools, Token);
        await using var database = await server.CreateDatabaseAsync(Token);
        var guest = await database.CreateRoleAsync(Token, "CREATEDB");
        await using var borrowed = await OpenAsync(guest);
        var copy = borrowed.NameOf("copy");
        await borrowed.ReserveAsync(copy, Token);
        await guest.ExecuteAsync($"CREATE DATABASE {copy}", Token);
        await borrowed.ClaimAsync(copy, Token);
        await (guest with { Database = copy }).ExecuteAsync(
            $"""
            CREATE SCHEMA own;
            CREATE TABLE own.large AS SELECT n AS id FROM generate_series(1, 100000) n;
            ALTER TABLE own.large SET ({AutovacuumServer.Slow});
            DELETE FROM own.large WHERE id % 2 = 0;
            """,
            Token);
        await AutovacuumServer.WorksAsync(database, Token);

        await borrowed.DisposeAsync();

        Assert.Empty(output.Warnings);
        Assert.Equal(0L, await database.ScalarAsync($"SELECT count(*) FROM pg_database WHERE datname = '{copy}'", Token));
    }

    private async Task<bool> HasAsync(string database)
        => await Database.ScalarAsync($"SELECT count(*) FROM pg_database WHERE datname = '{database}'", Token) is 1L;

    private static string Name(string time) => $"belay_scratch_{time}_0a1f_{Guid.NewGuid():N}"[..60];

    private Task<BorrowedServer> OpenAsync(DatabaseTarget address, DateTimeOffset? now = null) => BorrowedServer.OpenAsync(
        address,
        new ScratchDemand
        {
            Major = Postgres.Tools.Major,
            Productive = ["another"],
            Now = now ?? TimeProvider.System.GetUtcNow(),
        },
        output,
        Token);
}
