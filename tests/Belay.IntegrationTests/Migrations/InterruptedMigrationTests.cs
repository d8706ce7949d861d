using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;

namespace Belay.IntegrationTests.Migrations;

/// <summary>What remains when session, server, run or network end in the middle of a migration.</summary>
public sealed class InterruptedMigrationTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    /// <summary>Its COMMIT waits until nobody else has the advisory lock.</summary>
    private const string LateCommit = """
        CREATE TABLE orders (id integer);
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
        INSERT INTO orders VALUES (1);
        """;

    private const string LongScript = "CREATE TABLE orders (id integer);\nSELECT pg_sleep(600);\n";

    [Fact]
    public async Task Says_that_the_session_was_ended_and_leaves_the_database_as_before()
    {
        var path = Bench.Write("0001_orders.sql", LongScript);
        var run = Bench.FailAsync();
        var session = await Bench.SessionAsync("migrate", "wait_event = 'PgSleep'");

        await Database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);

        var failure = await run;
        Assert.Equal(
            $"{path}:2:1: FATAL: terminating connection due to administrator command (SQLSTATE 57P01)\n  SELECT pg_sleep(600);\n  "
                + "^\nRolled back: database as before.",
            failure.Message);
        Assert.Equal((ExitCodes.MigrationRolledBack, "57P01"), (failure.ExitCode, failure.SqlState));
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_cancelled_run_rolls_back_and_leaves_no_session()
    {
        Bench.Write("0000_before.sql", "CREATE TABLE before_it (id integer);");
        Bench.Write("0001_orders.sql", LongScript);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = Bench.RunAsync(cancellation.Token);
        await Bench.SessionAsync("migrate", "wait_event = 'PgSleep'");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await MigrationBench.WaitForAsync(
            async () => await Bench.QueryAsync(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") is ["0"],
            "no session but the one that asks");
        Assert.Equal(["0"], await Bench.AppliedAsync());
        Assert.DoesNotContain("public.orders", await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_crash_of_the_server_leaves_the_database_as_before_and_the_next_run_succeeds()
    {
        var folder = TestFolder.New("crash");
        try
        {
            var options = new PostgresServerOptions { Tools = Postgres.Tools, Folder = folder };
            await using var server = await PostgresServer.StartAsync(options, Token);
            using var crashed = new MigrationBench(server.Target("postgres"));
            var path = crashed.Write("0001_orders.sql", LongScript);
            var run = crashed.FailAsync();
            await crashed.SessionAsync("migrate", "wait_event = 'PgSleep'");

            await server.CrashAsync();
            var failure = await run;
            await server.StartAgainAsync(Token);

            Assert.StartsWith($"{path}:2:1: ", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith("\nRolled back: database as before.", failure.Message, StringComparison.Ordinal);
            Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
            Assert.Empty(await crashed.TablesAsync());
            crashed.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
            Assert.Single((await crashed.RunAsync()).Applied);
        }
        finally
        {
            ServicePlace.Remove(folder);
        }
    }

    [Fact]
    public async Task Asks_the_server_what_became_of_a_COMMIT_whose_answer_was_lost()
    {
        await using var proxy = TcpProxy.Start(Postgres.Server.Port);
        using var distant = new MigrationBench(Database.Target with { Hosts = [Database.Target.Hosts[0] with { Port = proxy.Port }] });
        distant.Write("0001_orders.sql", LateCommit);
        await using var gate = await Database.OpenAsync(Token);
        await gate.ExecuteAsync("SELECT pg_advisory_lock(1)", Token);
        distant.Settings = distant.Settings with { LockTimeout = TimeSpan.FromHours(1) };
        var run = distant.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event = 'advisory' AND query = 'COMMIT'");

        proxy.ToClient.CutAt = proxy.ToClient.Bytes + 1;
        await gate.ExecuteAsync("SELECT pg_advisory_unlock(1)", Token);

        Assert.Single((await run).Applied);
        Assert.Equal(1, proxy.Cuts);
        Assert.Contains(
            "The connection was lost during COMMIT of 0001_orders.sql; asking the server what became of it", distant.Output.Lines);
        Assert.Contains("0001_orders.sql is committed: its row is in belay.migration", distant.Output.Lines);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Goes_on_with_the_next_file_in_a_new_session_when_the_answer_to_a_COMMIT_was_lost()
    {
        await using var proxy = TcpProxy.Start(Postgres.Server.Port);
        using var distant = new MigrationBench(Database.Target with { Hosts = [Database.Target.Hosts[0] with { Port = proxy.Port }] });
        distant.Write("0001_orders.sql", LateCommit);
        distant.Write("0002_after.sql", "CREATE TABLE after_it (id integer);");
        await using var gate = await Database.OpenAsync(Token);
        await gate.ExecuteAsync("SELECT pg_advisory_lock(1)", Token);
        distant.Settings = distant.Settings with { LockTimeout = TimeSpan.FromHours(1) };
        var run = distant.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event = 'advisory' AND query = 'COMMIT'");

        proxy.ToClient.CutAt = proxy.ToClient.Bytes + 1;
        await gate.ExecuteAsync("SELECT pg_advisory_unlock(1)", Token);

        Assert.Equal(2, (await run).Applied.Count);
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Tells_that_a_COMMIT_was_rolled_back_when_its_session_was_ended_in_it()
    {
        var path = Bench.Write("0001_orders.sql", LateCommit);
        await using var gate = await Database.OpenAsync(Token);
        await gate.ExecuteAsync("SELECT pg_advisory_lock(1)", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromHours(1) };
        var run = Bench.FailAsync();
        var session = await Bench.SessionAsync("migrate", "wait_event = 'advisory' AND query = 'COMMIT'");

        await Database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);

        var failure = await run;
        Assert.Equal(
            $"The connection was lost during COMMIT of {path}, and the server has rolled it back: database as before.", failure.Message);
        Assert.Equal((ExitCodes.MigrationRolledBack, "./build.sh Migrate"), (failure.ExitCode, failure.Hint));
        Assert.Empty(await Bench.TablesAsync());
    }
}
