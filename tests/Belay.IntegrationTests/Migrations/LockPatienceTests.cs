using Belay.IntegrationTests.Support;
using Npgsql;

namespace Belay.IntegrationTests.Migrations;

public sealed class LockPatienceTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private string path = null!;

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        path = Bench.Write("0001_note.sql", "CREATE TABLE first (id integer);\nALTER TABLE orders ADD COLUMN note text;\n");
    }

    [Fact]
    public async Task Tries_again_until_the_blocker_is_gone_and_names_it()
    {
        await using var blocker = await Database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromSeconds(2) };

        var run = Bench.RunAsync();
        await Bench.OutputAsync($"0001_note.sql:2 waits for a lock held by pid {blocker.ProcessID} (belay test, idle in transaction, for ");
        await Bench.OutputAsync("0001_note.sql did not get its locks (attempt 1); the next attempt is in ");
        await blocker.DisposeAsync();

        Assert.Equal("note", Assert.Single((await run).Applied).Name);
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["0"], await Bench.QueryAsync("SELECT count(note) FROM orders"));
    }

    [Fact]
    public async Task Rolls_back_when_the_time_for_retries_is_over()
    {
        await using var blocker = await Database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMilliseconds(50), LockBudget = TimeSpan.FromSeconds(1) };

        var failure = await Bench.FailAsync();

        var told = Bench.Output.Lines.Count(
            line => line.StartsWith("0001_note.sql did not get its locks (attempt ", StringComparison.Ordinal));
        Assert.Equal(
            $"{path}:2:1: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)\n  ALTER TABLE orders ADD COLUMN note text;\n  "
                + "^\n"
            + $"No locks after {told + 1} attempts in 1.0 s.\nRolled back: database as before.",
            failure.Message);
        Assert.Equal((ExitCodes.MigrationRolledBack, "55P03"), (failure.ExitCode, failure.SqlState));
        Assert.Equal("end the sessions that hold the locks, or wait for a quieter time, then ./build.sh Migrate", failure.Hint);
        Assert.Equal(["public.orders"], await Bench.TablesAsync());
    }

    [Theory]
    [InlineData("SET lock_timeout = 0;", "100ms")]
    [InlineData("SET LOCAL lock_timeout TO '1h';", "100ms")]
    [InlineData("SELECT set_config('lock_timeout', '0', false);", "100ms")]
    [InlineData("RESET ALL;", "100ms")]
    [InlineData("SET lock_timeout = '2s';", "2s")]
    public async Task Waits_no_longer_than_it_may_whatever_limit_the_script_has_set(string statement, string expected)
    {
        Bench.Write("0001_note.sql", $"{statement}\nCREATE TABLE seen AS SELECT current_setting('lock_timeout') AS wait;");

        await Bench.RunAsync();

        Assert.Equal([expected], await Bench.QueryAsync("SELECT wait FROM seen"));
    }

    [Fact]
    public async Task Gives_up_its_place_to_those_who_wait_behind_it()
    {
        await using var blocker = await Database.HoldAsync("SELECT FROM orders", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMinutes(5), MaximumVictims = 0 };
        await using var victim = await Database.OpenAsync(Token);

        var run = Bench.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        await using var reading = new NpgsqlCommand("SELECT count(*) FROM orders", victim);
        Assert.Equal(0L, await reading.ExecuteScalarAsync(Token));
        await Bench.OutputAsync("0001_note.sql gives up its place: 1 session waits behind it, more than 0");
        await blocker.DisposeAsync();

        Assert.Equal("note", Assert.Single((await run).Applied).Name);
    }

    [Fact]
    public async Task Gives_up_its_place_to_sessions_of_other_roles_which_show_nothing_of_themselves()
    {
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT CREATE ON DATABASE \"{Database.Target.Database}\" TO {owner.Username}; "
                + $"GRANT CREATE ON SCHEMA public TO {owner.Username}; ALTER TABLE orders OWNER TO {owner.Username}",
            Token);
        using var bench = new MigrationBench(owner, Bench.Settings with { LockTimeout = TimeSpan.FromMinutes(5), MaximumVictims = 0 });
        await using var blocker = await Database.HoldAsync("SELECT FROM orders", Token);
        await using var victim = await Database.OpenAsync(Token);

        var run = bench.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        await using var reading = new NpgsqlCommand("SELECT count(*) FROM orders", victim);
        Assert.Equal(0L, await reading.ExecuteScalarAsync(Token));
        await bench.OutputAsync(
            $"0001_note.sql:2 waits for a lock held by pid {blocker.ProcessID} (belay test, of another role, for some s); ");
        await bench.OutputAsync("0001_note.sql gives up its place: 1 session waits behind it, more than 0");
        await blocker.DisposeAsync();

        Assert.Equal("note", Assert.Single((await run).Applied).Name);
    }

    [Fact]
    public async Task Names_our_own_pg_dump_when_that_is_the_blocker()
    {
        await using var dump = await Database.Connector.OpenAsync("backup 20251012T103000Z-aa", Token);
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE orders IN ACCESS SHARE MODE", dump);
        await command.ExecuteNonQueryAsync(Token);

        var run = Bench.RunAsync();
        await Bench.OutputAsync(
            $"0001_note.sql:2 waits for a lock held by pid {dump.ProcessID} (belay backup 20251012T103000Z-aa, idle in transaction, for ");
        await dump.DisposeAsync();

        await run;
    }

    [Fact]
    public async Task Ends_a_statement_at_the_limit_of_its_directive()
    {
        Bench.Write("0001_note.sql", "-- belay: statement-timeout 100ms\nCREATE TABLE first (id integer);\nSELECT pg_sleep(600);\n");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:3:1: ERROR: canceling statement due to statement timeout (SQLSTATE 57014)\n  SELECT pg_sleep(600);\n  ^\nRolled "
                + "back: database as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Equal(["public.orders"], await Bench.TablesAsync());
    }
}
