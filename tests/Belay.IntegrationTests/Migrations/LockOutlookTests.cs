using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Servers;

namespace Belay.IntegrationTests.Migrations;

/// <summary>A migration that waits for a long transaction does not queue again, so that nobody queues behind the migration.</summary>
public sealed class LockOutlookTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string FirstAttempt = "0001_note.sql did not get its locks (attempt 1); the next attempt is in ";
    private const string SecondAttempt = "0001_note.sql did not get its locks (attempt 2); the next attempt is in ";
    private const string Obtained = "0001_note.sql got its locks after ";

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;\n");
        // The first attempt waits for a thirtieth of it: long enough to be looked at on a busy machine too.
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMinutes(1) };
    }

    [Fact]
    public async Task Stands_aside_while_the_transaction_lasts_and_is_there_when_it_ends()
    {
        await using var report = await Database.HoldAsync("SELECT FROM orders", Token);

        var run = Bench.RunAsync();
        await StoodAsideAsync(10);
        var expected = $"0001_note.sql waits, without queueing, for pid {report.ProcessID} (belay test, idle in transaction, for ";
        await report.DisposeAsync();
        await run;

        Assert.StartsWith(expected, Asides(Bench)[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Bench.Output.Lines, line => line.StartsWith(SecondAttempt, StringComparison.Ordinal));
        Assert.EndsWith(", 2 attempts", Assert.Single(Bench.Output.Lines, line => line.StartsWith(Obtained, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sees_a_transaction_of_a_role_that_shows_nothing_of_itself()
    {
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync($"GRANT CREATE ON DATABASE \"{Database.Target.Database}\" TO \"{owner.Username}\"", Token);
        await Database.ExecuteAsync($"ALTER TABLE orders OWNER TO \"{owner.Username}\"", Token);
        await using var hidden = await Database.HoldAsync("SELECT FROM orders", Token);
        using var bench = new MigrationBench(owner, Bench.Settings);

        var run = bench.RunAsync();
        await MigrationBench.WaitForAsync(() => Asides(bench).Count >= 3, "a migration that stands aside");
        var expected = $"0001_note.sql waits, without queueing, for pid {hidden.ProcessID} (belay test, of another role, for some s)";
        await hidden.DisposeAsync();
        await run;

        Assert.Equal(expected, Asides(bench)[0]);
    }

    [Fact]
    public async Task Does_not_stand_aside_for_autovacuum_which_gives_way_to_those_who_queue_and_shows_nothing_of_itself()
    {
        await using var server = await AutovacuumServer.StartAsync(Postgres.Tools, Token);
        await using var database = await server.CreateDatabaseAsync(Token);
        var owner = await database.CreateRoleAsync(Token);
        await database.ExecuteAsync(
            $"""
            CREATE TABLE orders AS SELECT n AS id FROM generate_series(1, 100000) n;
            ALTER TABLE orders SET ({AutovacuumServer.Slow});
            GRANT CREATE ON DATABASE test TO {owner.Username}; ALTER TABLE orders OWNER TO {owner.Username};
            """,
            Token);
        await database.ExecuteAsync("DELETE FROM orders WHERE id % 2 = 0", Token);
        await AutovacuumServer.WorksAsync(database, Token);
        using var bench = new MigrationBench(owner, Bench.Settings with { LockTimeout = TimeSpan.FromSeconds(3) });

        await bench.RunAsync();

        Assert.Empty(Asides(bench));
    }

    [Fact]
    public async Task Queues_again_when_half_of_the_time_is_over()
    {
        await using var report = await Database.HoldAsync("SELECT FROM orders", Token);
        Bench.Settings = Bench.Settings with { LockBudget = TimeSpan.FromSeconds(10) };

        var failure = await Bench.FailAsync();

        Assert.True(Asides(Bench).Count > 3, Bench.Output.Text);
        Assert.Contains(Bench.Output.Lines, line => line.StartsWith(SecondAttempt, StringComparison.Ordinal));
        Assert.Equal("55P03", failure.SqlState);
    }

    [Fact]
    public async Task Does_not_stand_aside_for_short_transactions()
    {
        await using var report = await Database.HoldAsync("SELECT FROM orders", Token);
        var run = Bench.RunAsync();
        await StoodAsideAsync(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var readers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync(stop.Token)));
        await report.DisposeAsync();

        await run;
        await stop.CancelAsync();
        await readers;

        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Stands_aside_before_a_statement_outside_a_transaction_too()
    {
        Bench.Write("0001_note.sql", "-- belay: no-transaction\nALTER TABLE orders ADD COLUMN note text;\n");
        await using var report = await Database.HoldAsync("SELECT FROM orders", Token);

        var run = Bench.RunAsync();
        await StoodAsideAsync(5);
        await report.DisposeAsync();
        await run;

        Assert.DoesNotContain(Bench.Output.Lines, line => line.StartsWith(SecondAttempt, StringComparison.Ordinal));
        Assert.Contains(Bench.Output.Lines, line => line.StartsWith(Obtained, StringComparison.Ordinal));
    }

    /// <summary>What was told at each look from aside.</summary>
    private static IReadOnlyList<string> Asides(MigrationBench bench)
        => [.. bench.Output.ProgressTexts.Where(text => text.Contains(" waits, without queueing, for ", StringComparison.Ordinal))];

    private async Task StoodAsideAsync(int looks)
    {
        await Bench.OutputAsync(FirstAttempt);
        await MigrationBench.WaitForAsync(() => Asides(Bench).Count >= looks, $"{looks} looks from aside");
    }

    /// <summary>Reads without a pause, each time in a transaction of its own.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Database.OpenAsync(Token);
        while (!cancellationToken.IsCancellationRequested)
        {
            await connection.ExecuteAsync("SELECT count(*) FROM orders", Token);
        }
    }
}
