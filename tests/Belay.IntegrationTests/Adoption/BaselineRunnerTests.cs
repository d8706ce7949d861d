using Belay.Adoption;
using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Verification;
using Npgsql;

namespace Belay.IntegrationTests.Adoption;

public sealed class BaselineRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer); CREATE TABLE items (id integer)", Token);
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);\n");
        Bench.Write(
            "0002_items.verify.sql",
            "-- check: there is a table of items\n-- expect:\n--   1\nSELECT count(*) FROM pg_tables WHERE tablename = 'items';\n");
        Bench.Write("0003_notes.sql", "CREATE TABLE notes (id integer);\n");
    }

    [Fact]
    public async Task Records_what_the_database_has_so_that_only_the_rest_runs()
    {
        var recorded = await RunAsync(2, "migrated by hand until now");

        Assert.Equal(["orders", "items"], recorded.Select(row => row.Name));
        Assert.Equal(
            [
                $"Baseline of {Database.Target.DisplayName} at version 2; recorded as applied without being run:",
                "  0001_orders.sql",
                "  0002_items.sql",
            ], Bench.Output.Lines);
        Assert.Equal(
            ["1 orders t baseline: migrated by hand until now ", "2 items t baseline: migrated by hand until now "],
            await Bench.QueryAsync(
                "SELECT format('%s %s %s %s %s', version, name, script LIKE 'CREATE TABLE %', remark, backup_id) FROM belay.migration "
                    + "ORDER BY version"));

        Assert.Equal(["notes"], (await Bench.RunAsync()).Applied.Select(migration => migration.Name));
    }

    [Fact]
    public async Task Lets_Verify_run_the_checks_of_what_was_recorded()
    {
        await RunAsync(2);
        await Database.ExecuteAsync("DROP TABLE items", Token);

        var report = await new VerifyRunner(Database.Connector).RunAsync(MigrationFolder.Read(Bench.Settings.Folder).Take(2), Token);

        Assert.False(report.Passed);
    }

    [Fact]
    public async Task Shows_what_it_would_record_and_takes_no_lock_for_it()
    {
        await using var holder = await HoldLockAsync();

        Assert.Empty(await RunAsync(1, dryRun: true));

        Assert.Equal(
            [
                $"Baseline of {Database.Target.DisplayName} at version 1; would be recorded as applied without being run:",
                "  0001_orders.sql",
            ], Bench.Output.Lines);
        Assert.Equal(["public.items", "public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_a_version_that_names_no_file()
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => RunAsync(4));

        Assert.Equal(
            "--migration-version 4 names no migration: the folder has 0001_orders.sql, 0002_items.sql, 0003_notes.sql", failure.Message);
        Assert.Equal(
            (ExitCodes.Usage, "./build.sh Baseline --migration-version 3 --dry-run shows what would be recorded up to the newest file"),
            (failure.ExitCode, failure.Hint));
        Assert.Equal(["public.items", "public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_a_history_that_is_not_empty_and_says_what_is_in_it()
    {
        var newest = (await RunAsync(2))[^1];

        var failure = await Assert.ThrowsAsync<HistoryException>(() => RunAsync(3));

        Assert.Equal(
            $"The history of {Database.Target.DisplayName} is not empty: it has 2 migrations, 1 orders to 2 items; "
            + $"the newest entry is of {Quantity.Utc(newest.AppliedUtc)} by {Database.Target.Username}. Nothing was changed.",
            failure.Message);
        Assert.Equal(
            (ExitCodes.PreflightRefused, "./build.sh Status shows the history; ./build.sh Migrate applies what is pending"),
            (failure.ExitCode, failure.Hint));
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Refuses_a_database_in_which_a_migration_stopped_part_way()
    {
        Bench.Write("0001_orders.sql", "-- belay: no-transaction\nCREATE TABLE more (id integer);\nSELECT missing;\n");
        await Bench.FailAsync();

        var failure = await Assert.ThrowsAsync<HistoryException>(() => RunAsync(1));

        Assert.Equal(
            $"Migration 1 stopped part-way outside a transaction in {Database.Target.DisplayName}, so the database is between two "
                + "versions. Nothing was changed.", failure.Message);
        Assert.Equal("./build.sh Migrate goes on with it", failure.Hint);
    }

    [Fact]
    public async Task Refuses_while_another_runner_holds_the_lock()
    {
        await using var holder = await HoldLockAsync();
        Bench.Settings = Bench.Settings with { RunnerWait = TimeSpan.Zero };

        var failure = await Assert.ThrowsAsync<MigrationException>(() => RunAsync(2));

        Assert.StartsWith(
            $"Another runner held the lock on {Database.Target.DisplayName} for 0.0 s: pid {holder.ProcessID} (belay test) from ",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Equal(["public.items", "public.orders"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Says_what_the_server_refused()
    {
        var role = await Database.CreateRoleAsync(Token);

        var failure = await Assert.ThrowsAsync<HistoryException>(
            () => new BaselineRunner(new(role), Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(Request(2), Token));

        Assert.Equal(
            $"Cannot change the history of {Database.Target.DisplayName}: 42501: permission denied for database "
                + $"{Database.Target.Database}\nRolled back: the history is as before.",
            failure.Message);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
    }

    private BaselineRequest Request(long version, string? reason = null, bool dryRun = false)
        => new() { Files = MigrationFolder.Read(Bench.Settings.Folder), Version = version, Reason = reason, DryRun = dryRun };

    private Task<IReadOnlyList<AppliedMigration>> RunAsync(long version, string? reason = null, bool dryRun = false)
        => new BaselineRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System)
            .RunAsync(Request(version, reason, dryRun), Token);

    private async Task<NpgsqlConnection> HoldLockAsync()
    {
        var connection = await Database.OpenAsync(Token);
        await connection.ExecuteAsync($"SELECT pg_advisory_lock({MigrationLock.Key})", Token);
        return connection;
    }
}
