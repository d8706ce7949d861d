using Belay.IntegrationTests.Support;
using Npgsql;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>What users of other tools meet with CREATE INDEX CONCURRENTLY: refused, deadlocked, or left invalid.</summary>
public sealed class ConcurrentBuildTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Indexes =
        "SELECT format('%s %s', indexrelid::regclass, indisvalid) FROM pg_index WHERE indrelid = 'orders'::regclass ORDER BY 1";

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer, shop integer); CREATE TABLE another (id integer)", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMilliseconds(100) };
    }

    [Fact]
    public async Task Builds_several_indexes_concurrently_in_one_file()
    {
        Bench.Write(
            "0001_indexes.sql",
            Head + "CREATE INDEX CONCURRENTLY orders_id ON orders (id);\nCREATE INDEX CONCURRENTLY orders_shop ON orders (shop);\n");

        await Bench.RunAsync();

        Assert.Equal(["orders_id t", "orders_shop t"], await Bench.QueryAsync(Indexes));
    }

    [Fact]
    public async Task Does_not_deadlock_with_a_second_runner_that_waits()
    {
        Bench.Write("0001_index.sql", Head + "CREATE INDEX CONCURRENTLY orders_id ON orders (id);\n");
        using var other = new MigrationBench(Database.Target, Bench.Settings);
        await using var holder = await HoldSnapshotAsync();
        var first = Bench.RunAsync();
        var building = await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");

        var second = other.RunAsync();
        await MigrationBench.WaitForAsync(
            () => other.Output.Lines.Any(line => line.StartsWith("Waiting for another runner: ", StringComparison.Ordinal)),
            "the second runner waits");
        await MigrationBench.WaitForAsync(
            async () => await BlockerOfAsync(building) == $"{{{holder.ProcessID}}}", "the index waits for the old snapshot alone");
        await holder.DisposeAsync();

        Assert.Single((await first).Applied);
        Assert.Empty((await second).Applied);
        Assert.Equal(["orders_id t"], await Bench.QueryAsync(Indexes));
    }

    [Fact]
    public async Task Waits_for_an_old_snapshot_longer_than_for_a_lock()
    {
        Bench.Write("0001_index.sql", Head + "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_id ON orders (id);\n");
        await using var holder = await HoldSnapshotAsync();
        var run = Bench.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock' AND clock_timestamp() - query_start > '500ms'");
        await holder.DisposeAsync();

        Assert.Single((await run).Applied);
        Assert.DoesNotContain(Bench.Output.Lines, line => line.Contains("invalid index", StringComparison.Ordinal));
        Assert.Equal(["orders_id t"], await Bench.QueryAsync(Indexes));
    }

    [Fact]
    public async Task Drops_what_a_limit_left_invalid_and_never_lets_IF_NOT_EXISTS_pass_over_it()
    {
        Bench.Settings = Bench.Settings with { ConcurrentLockTimeout = TimeSpan.FromMilliseconds(100) };
        Bench.Write("0001_index.sql", Head + "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_id ON orders (id);\n");
        await using var holder = await HoldSnapshotAsync();
        var run = Bench.RunAsync();
        await MigrationBench.WaitForAsync(
            () => Bench.Output.Lines.Contains("Dropped the invalid index public.orders_id, which a failed attempt had left"),
            "the invalid index is dropped");
        await holder.DisposeAsync();

        Assert.Single((await run).Applied);
        Assert.Equal(["orders_id t"], await Bench.QueryAsync(Indexes));
    }

    /// <summary>A transaction that has read another table: concurrent builds wait for its end.</summary>
    private async Task<NpgsqlConnection> HoldSnapshotAsync()
    {
        var connection = await Database.OpenAsync(Token);
        await using var command = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM another", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private async Task<string> BlockerOfAsync(string processId)
        => Assert.Single(await Bench.QueryAsync($"SELECT pg_blocking_pids({processId})"));
}
