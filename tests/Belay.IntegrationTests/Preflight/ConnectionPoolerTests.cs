using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Support.Pooling;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Settings;
using Belay.Verification;
using Npgsql;

namespace Belay.IntegrationTests.Preflight;

/// <summary>What preflight says of a real PgBouncer in front of the database.</summary>
public sealed class ConnectionPoolerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Hint =
        "put the server's own address and port into DATABASE_URL (often 5432 in place of the pooler's 6432), or use the pooler's session "
            + "mode";

    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(2);

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        Bench.Write("0001_orders.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY orders_id ON orders (id);\n");
    }

    [Fact]
    public async Task Refuses_transaction_mode_and_hints_at_the_server_s_own_address()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Transaction, Token);

        Assert.Equal(
            $"{pooler.Target.DisplayName} is a connection pooler that changes the server process between transactions: locks and settings "
                + "of a release would be lost",
            await RefusalAsync(pooler.Target));
    }

    [Fact]
    public async Task Refuses_transaction_mode_also_while_the_application_uses_the_other_server_processes()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Transaction, Token, poolSize: 3);
        await using var application = await new DatabaseConnector(pooler.Target).OpenAsync("application", Token);
        await using var busy = await application.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("SELECT 1", application);
        await command.ExecuteScalarAsync(Token);

        Assert.Contains("changes the server process between transactions", await RefusalAsync(pooler.Target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sees_two_sessions_take_turns_on_the_pooler_s_only_server_process()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Transaction, Token, poolSize: 1);

        Assert.Contains("changes the server process between transactions", await RefusalAsync(pooler.Target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_ever_when_the_pooler_s_only_server_process_is_taken()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token, poolSize: 1);

        Assert.Equal(
            $"{pooler.Target.DisplayName} did not serve two sessions at once within 2.0 s: a connection pooler with too few server "
                + "processes, or a server without a free connection",
            await RefusalAsync(pooler.Target, ShortWait));
    }

    [Fact]
    public async Task Refuses_statement_mode_with_the_pooler_s_own_words()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Statement, Token);

        Assert.Equal(
            $"{pooler.Target.DisplayName} is a connection pooler that does not carry the sessions of a release: transaction blocks not "
                + "allowed in statement pooling mode",
            await RefusalAsync(pooler.Target));
    }

    [Fact]
    public async Task Refuses_a_pooler_that_does_not_take_the_options_of_the_address()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);
        var target = pooler.Target with { Options = new Dictionary<string, string> { ["options"] = "-c search_path=app" } };

        Assert.Equal(
            $"{target.DisplayName} is a connection pooler that does not carry the sessions of a release: unsupported startup parameter: "
                + "options",
            await RefusalAsync(target));
    }

    [Fact]
    public async Task Sets_nothing_that_the_application_would_inherit()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Transaction, Token, poolSize: 1);
        await RefusalAsync(pooler.Target, ShortWait);

        await using var application = await new DatabaseConnector(pooler.Target).OpenAsItIsAsync("application", Token);
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(name, ', ') FROM pg_settings WHERE source = 'session' AND name <> 'application_name'", application);
        Assert.Equal(DBNull.Value, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task The_runner_refuses_it_too_when_preflight_was_left_out()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Transaction, Token);
        using var through = new MigrationBench(pooler.Target, Bench.Settings);

        var failure = await Assert.ThrowsAsync<MigrationException>(async () => await through.RunAsync(await Bench.ProveAsync(), Token));

        Assert.Equal(
            $"{pooler.Target.DisplayName} is a connection pooler that changes the server process between transactions: locks and settings "
                + "of a release would be lost.\nNothing was changed.",
            failure.Message);
        Assert.Equal((ExitCodes.PreflightRefused, Hint), (failure.ExitCode, failure.Hint));
        Assert.Equal(
            ["0"],
            await Bench.QueryAsync(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "
                    + "current_database())"));
        Assert.Equal(["public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Verification_leaves_the_application_its_limits()
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync($"ALTER ROLE {role.Username} SET statement_timeout = '30s'", Token);
        await using var pooler = await PgBouncer.StartAsync(role, PoolMode.Transaction, Token, poolSize: 1);

        (await new VerifyRunner(new DatabaseConnector(pooler.Target)).RunAsync([], Token)).EnsurePassed();

        await using var application = await new DatabaseConnector(pooler.Target).OpenAsItIsAsync("application", Token);
        await using var command = new NpgsqlCommand("SHOW statement_timeout", application);
        Assert.Equal("30s", await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task Lets_session_mode_pass_and_migrates_through_it()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);

        var report = await new PreflightRunner(Request(pooler.Target)).RunAsync(Token);
        using var through = new MigrationBench(pooler.Target, Bench.Settings);
        await through.RunAsync();

        Assert.Equal("0001_orders.sql", Assert.Single(report.Pending).FileName);
        Assert.Empty(through.Output.Warnings);
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["t"], await Bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_id'::regclass"));
    }

    private PreflightRequest Request(DatabaseTarget target) => new() { Target = target, Store = null, Migrations = Bench.Settings };

    private async Task<string> RefusalAsync(DatabaseTarget target, TimeSpan? wait = null)
    {
        var request = wait is null ? Request(target) : Request(target) with { TwoSessionsWait = wait.Value };
        var exception = await Assert.ThrowsAsync<PreflightException>(() => new PreflightRunner(request).RunAsync(Token));
        var refusal = Assert.Single(exception.Findings, finding => finding.Severity == FindingSeverity.Refusal);
        Assert.Equal(Hint, refusal.Hint);
        Assert.Equal((ExitCodes.PreflightRefused, Hint), (exception.ExitCode, exception.Hint));
        return refusal.Message;
    }
}
