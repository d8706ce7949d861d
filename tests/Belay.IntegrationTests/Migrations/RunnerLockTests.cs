using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Postgres;

namespace Belay.IntegrationTests.Migrations;

public sealed class RunnerLockTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private MigrationBench other = null!;

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMinutes(5) };
        Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;");
        other = new MigrationBench(Database.Target, Bench.Settings);
    }

    public override async ValueTask DisposeAsync()
    {
        other.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_second_of_two_runners_says_who_is_first_and_finds_nothing_left()
    {
        await using var blocker = await Database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);
        var first = Bench.RunAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        var holder = await Bench.SessionAsync("runner lock", "state = 'idle'");

        var second = other.RunAsync();
        await WaitingForAsync(holder, "belay runner lock");
        await blocker.DisposeAsync();

        Assert.Single((await first).Applied);
        var outcome = await second;
        Assert.Empty(outcome.Applied);
        Assert.Equal(1, outcome.AlreadyApplied);
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Empty(Bench.Output.Warnings);
        Assert.Empty(other.Output.Warnings);
    }

    [Fact]
    public async Task Gets_the_lock_when_the_session_that_held_it_is_ended()
    {
        await using var holder = await Database.OpenAsync(Token);
        await holder.ExecuteAsync($"SELECT pg_advisory_lock({MigrationLock.Key})", Token);

        var run = other.RunAsync();
        await WaitingForAsync($"{holder.ProcessID}", "belay test");
        await Database.ExecuteAsync($"SELECT pg_terminate_backend({holder.ProcessID})", Token);

        Assert.Single((await run).Applied);
    }

    [Fact]
    public async Task Names_a_holder_of_another_role_by_what_it_shows_of_itself()
    {
        var role = await Database.CreateRoleAsync(Token);
        using var bench = new MigrationBench(role, Bench.Settings with { RunnerWait = TimeSpan.Zero });
        await using var holder = await Database.OpenAsync(Token);
        await holder.ExecuteAsync($"SELECT pg_advisory_lock({MigrationLock.Key})", Token);

        var failure = await bench.FailAsync();

        Assert.Contains(
            $"pid {holder.ProcessID} (belay test) of the role {Database.Target.Username}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("this machine", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_nothing_when_the_other_runner_takes_too_long()
    {
        await using var holder = await Database.OpenAsync(Token);
        await holder.ExecuteAsync($"SELECT pg_advisory_lock({MigrationLock.Key})", Token);
        other.Settings = other.Settings with { RunnerWait = TimeSpan.FromSeconds(0.5) };

        var failure = await other.FailAsync();

        Assert.Matches(
            $"^Another runner held the lock on .* for 0\\.5 s: pid {holder.ProcessID} \\(belay test\\) from 127\\.0\\.0\\.1 since [0-9: "
                + $"-]{{19}} UTC\\. Nothing was changed\\.$",
            failure.Message);
        Assert.Equal(
            (ExitCodes.MigrationRolledBack, "wait for the other run, then ./build.sh Status and ./build.sh Migrate"),
            (failure.ExitCode, failure.Hint));
        Assert.Equal(["public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_runner_whose_lock_was_taken_away_rolls_back_and_lets_the_other_one_migrate()
    {
        await using var blocker = await Database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);
        var first = Bench.FailAsync();
        var migrating = await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        var holder = await Bench.SessionAsync("runner lock", "state = 'idle'");
        var second = other.RunAsync();
        await WaitingForAsync(holder, "belay runner lock");

        await Database.ExecuteAsync($"SELECT pg_terminate_backend({holder})", Token);
        await Bench.SessionAsync("migrate", $"wait_event_type = 'Lock' AND pid <> {migrating}");
        await blocker.DisposeAsync();

        var failure = await first;
        Assert.Equal(
            $"The session that holds the runner lock was ended: {failure.InnerException!.Message}\nRolled back: database as before.",
            failure.Message);
        Assert.Equal((ExitCodes.MigrationRolledBack, "find out who ended it, then ./build.sh Migrate"), (failure.ExitCode, failure.Hint));
        Assert.Single((await second).Applied);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task A_lock_that_is_taken_away_while_checks_last_is_missed_before_the_commit()
    {
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromHours(1) };
        await Database.ExecuteAsync("CREATE TABLE awaited (id integer)", Token);
        Bench.Write("0001_note.sql", "ALTER TABLE orders ADD COLUMN note text;");
        Bench.Write("0001_note.verify.sql", "-- check: nothing\n-- expect: no rows\nSELECT id FROM awaited;");
        await using var blocker = await Database.HoldAsync("LOCK TABLE awaited IN ACCESS EXCLUSIVE MODE", Token);
        var run = Bench.FailAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        var holder = await Bench.SessionAsync("runner lock", "state = 'idle'");

        await Database.ExecuteAsync($"SELECT pg_terminate_backend({holder}), pg_sleep(0.1)", Token);
        await blocker.DisposeAsync();

        var failure = await run;
        Assert.Equal(
            $"The session that holds the runner lock was ended: {failure.InnerException!.Message}\nRolled back: database as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Equal(["public.awaited", "public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_migration_outside_a_transaction_says_what_ran_when_its_lock_was_taken_away()
    {
        Bench.Write(
            "0001_note.sql",
            "-- belay: no-transaction\nCREATE TABLE first (id integer);\nALTER TABLE orders ADD COLUMN note text;\nCREATE TABLE last (id "
                + "integer);\n");
        await using var blocker = await Database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);
        var run = Bench.FailAsync();
        await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
        var holder = await Bench.SessionAsync("runner lock", "state = 'idle'");

        await Database.ExecuteAsync($"SELECT pg_terminate_backend({holder})", Token);
        await blocker.DisposeAsync();

        var failure = await run;
        Assert.Equal(
            $"The session that holds the runner lock was ended: {failure.InnerException!.Message}\n"
            + "Stopped part-way, outside a transaction: 2 of 3 statements ran.\n"
            + "  line 2: CREATE TABLE ran\n  line 3: ALTER TABLE ran\n  line 4: CREATE TABLE did not run",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
        Assert.Equal(["belay.migration", "belay.statement", "public.first", "public.orders"], await Bench.TablesAsync());
        Assert.Empty(await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Takes_a_lock_for_lost_that_is_not_held_where_the_migration_runs()
    {
        await using var held = await RunnerLock.AcquireAsync(
            Database.Connector, Bench.Settings, Bench.Output, (TimeProvider.System, Token));
        await using var elsewhere = await new DatabaseConnector(Postgres.Server.Target("postgres")).OpenAsync("test", Token);
        await using var here = await Database.OpenAsync(Token);

        await here.RunAsync(held.Asking(), Token);
        await held.ConfirmAsync(() => "As before.", ExitCodes.MigrationRolledBack, Token);
        await elsewhere.RunAsync(held.Asking(), Token);
        var failure = await Assert.ThrowsAsync<MigrationException>(
            () => held.ConfirmAsync(() => "As before.", ExitCodes.MigrationRolledBack, Token));

        Assert.Equal("The session that took the runner lock does not hold it any more.\nAs before.", failure.Message);
        Assert.Equal(
            (ExitCodes.MigrationRolledBack, "connect to the server directly, not through a pooler, then ./build.sh Migrate"),
            (failure.ExitCode, failure.Hint));
    }

    private Task WaitingForAsync(string processId, string name) => MigrationBench.WaitForAsync(
        () => other.Output.Lines.Any(
            line => line.StartsWith(
                $"Waiting for another runner: pid {processId} ({name}) from 127.0.0.1 since ", StringComparison.Ordinal)),
        $"the second runner waits for pid {processId}");
}
