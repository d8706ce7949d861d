using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;
using Belay.Storage;
using Npgsql;

namespace Belay.IntegrationTests.Backups;

/// <summary>What goes wrong while pg_dump runs: nothing is stored and nothing is left on the server.</summary>
public sealed class DumpFaultTests(PostgresFixture postgres)
{
    private const long Middle = 1 << 20;

    private static readonly BackupSettings Patient = new() { LockWait = TimeSpan.FromMinutes(10), Compression = "none" };

    [Fact]
    public async Task Names_the_signal_that_killed_pg_dump_while_it_waited_for_a_lock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds pg_dump through /proc.");
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var watch = new DumpWatch(database);
        await using var blocker = await LockAsync(database);
        var backup = bench.TakeAsync(database.Target, Patient);
        await watch.WaitsForLockAsync(backup);
        ProcessIdentity.Of(Assert.Single(watch.ProcessIds()))!.Kill();
        await FailsAsync(
            backup, $"pg_dump of {database.Target.DisplayName} was ended by signal 9\nNothing was stored.", "./build.sh Preflight");
        await LeavesNothingAsync(bench, watch);
    }

    [Fact]
    public async Task Names_the_signal_that_killed_pg_dump_in_the_middle_of_its_rows()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds pg_dump through /proc.");
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        var watch = new DumpWatch(database);
        var held = new HeldUpload(bench.Store, Middle);
        var backup = bench.TakeAsync(database.Target, Patient, held.Store);
        await held.ReachedAsync(backup);
        ProcessIdentity.Of(Assert.Single(watch.ProcessIds()))!.Kill();
        held.Release();
        await FailsAsync(
            backup, $"pg_dump of {database.Target.DisplayName} was ended by signal 9\nNothing was stored.", "./build.sh Preflight");
        await LeavesNothingAsync(bench, watch);
    }

    [Fact]
    public async Task Says_what_pg_dump_said_when_its_session_was_terminated()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var watch = new DumpWatch(database);
        await using var blocker = await LockAsync(database);
        var backup = bench.TakeAsync(database.Target, Patient);
        await watch.WaitsForLockAsync(backup);
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            Token);
        var exception = await Assert.ThrowsAsync<BackupException>(() => backup);
        Assert.StartsWith(
            $"pg_dump of {database.Target.DisplayName} ended with exit code 1:\npg_dump: error: query failed: FATAL:  terminating "
                + "connection due to administrator command\n", exception.Message, StringComparison.Ordinal);
        await LeavesNothingAsync(bench, watch);
    }

    [Fact]
    public async Task Ends_pg_dump_and_its_session_when_cancelled_while_it_waits_for_a_lock()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watch = new DumpWatch(database);
        await using var blocker = await LockAsync(database);
        var backup = bench.TakeAsync(database.Target, Patient, cancellationToken: cancellation.Token);
        await watch.WaitsForLockAsync(backup);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        await LeavesNothingAsync(bench, watch);
    }

    [Fact]
    public async Task Ends_pg_dump_and_its_session_when_cancelled_in_the_middle_of_its_rows()
    {
        await using var database = await CreateAsync(100_000);
        using var bench = new BackupBench(postgres.Tools);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var watch = new DumpWatch(database);
        var held = new HeldUpload(bench.Store, Middle);
        var backup = bench.TakeAsync(database.Target, Patient, held.Store, cancellation.Token);
        await held.ReachedAsync(backup);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        await LeavesNothingAsync(bench, watch);
    }

    [Fact]
    public async Task Says_which_table_may_not_be_read_and_what_to_grant()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var role = await database.CreateRoleAsync(Token);
        var exception = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(role, Patient));
        Assert.StartsWith(
            $"pg_dump of {role.DisplayName} ended with exit code 1:\npg_dump: error: query failed: ERROR:  permission denied for table "
                + "numbers\n", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nNothing was stored.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Grant the role what a dump reads: GRANT pg_read_all_data TO … (PostgreSQL 14+), or SELECT on the tables and sequences.",
            exception.Hint);
        Assert.Equal(4, exception.ExitCode);
        await LeavesNothingAsync(bench, new DumpWatch(database));
    }

    [Fact]
    public async Task Says_which_large_object_of_another_owner_may_not_be_read_and_what_to_grant()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var role = await database.CreateRoleAsync(Token);
        var large = await database.ScalarAsync("SELECT lo_from_bytea(0, 'large'::bytea)", Token);
        await database.ExecuteAsync($"GRANT pg_read_all_data TO {role.Username}", Token);

        var exception = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(role, Patient));

        Assert.Contains($"permission denied for large object {large}\n", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"As its owner or a superuser: GRANT SELECT ON LARGE OBJECT {large} TO \"{role.Username}\"; "
                + "SELECT oid, lomowner::regrole FROM pg_largeobject_metadata lists the others. Or back up as a superuser.",
            exception.Hint);
        await database.ExecuteAsync($"GRANT SELECT ON LARGE OBJECT {large} TO \"{role.Username}\"", Token);
        Assert.Equal(1, (await bench.TakeAsync(role, Patient)).LargeObjects);
        await database.ExecuteAsync($"SELECT lo_unlink({large})", Token);
    }

    [Fact]
    public async Task Refuses_to_dump_only_the_rows_that_a_policy_shows()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var role = await database.CreateRoleAsync(Token);
        await database.ExecuteAsync(
            "ALTER TABLE numbers ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON numbers USING (id < 3); GRANT SELECT ON numbers TO "
                + $"{role.Username}", Token);
        var exception = await Assert.ThrowsAsync<BackupException>(() => bench.TakeAsync(role, Patient));
        Assert.Contains(
            "query would be affected by row-level security policy for table \"numbers\"", exception.Message, StringComparison.Ordinal);
        Assert.Equal("Back up as a role that may read every row: ALTER ROLE … BYPASSRLS, or the tables' owner.", exception.Hint);
        await LeavesNothingAsync(bench, new DumpWatch(database));
    }

    [Fact]
    public async Task Gives_up_when_a_lock_is_held_longer_than_the_lock_wait()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        await using var blocker = await LockAsync(database);
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => bench.TakeAsync(database.Target, Patient with { LockWait = TimeSpan.FromMilliseconds(500) }));
        Assert.StartsWith(
            $"pg_dump of {database.Target.DisplayName} ended with exit code 1:\npg_dump: error: query failed: ERROR:  canceling statement "
                + "due to statement timeout\n", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Another session holds a table's lock. Look for it in pg_stat_activity, or wait longer: "
                + "./build.sh Backup --backup-lock-wait 5min", exception.Hint);
        await LeavesNothingAsync(bench, new DumpWatch(database));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("zstd")]
    public async Task Tells_the_stores_own_fault_when_it_fails_in_the_middle(string codec)
    {
        await using var database = await CreateAsync(200_000);
        using var bench = new BackupBench(postgres.Tools);
        var failing = InterceptedStore.FullAt(bench.Store, Middle);
        var exception = await Assert.ThrowsAsync<StoreException>(
            () => bench.TakeAsync(database.Target, Patient with { Compression = codec }, failing));
        Assert.Equal("The store is full.", exception.Message);
        await LeavesNothingAsync(bench, new DumpWatch(database));
    }

    [Theory]
    [InlineData(BackupName.ManifestSuffix)]
    [InlineData(BackupName.GlobalsSuffix)]
    public async Task Takes_the_dump_away_again_when_what_belongs_to_it_cannot_be_stored(string suffix)
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var failing = InterceptedStore.FullFor(bench.Store, suffix);
        var exception = await Assert.ThrowsAsync<StoreException>(() => bench.TakeAsync(database.Target, Patient, failing));
        Assert.Equal("The store is full.", exception.Message);
        await LeavesNothingAsync(bench, new DumpWatch(database));
    }

    private static async Task FailsAsync(Task backup, string message, string hint)
    {
        var exception = await Assert.ThrowsAsync<BackupException>(() => backup);
        Assert.Equal(message, exception.Message);
        Assert.Equal(hint, exception.Hint);
        Assert.Equal(4, exception.ExitCode);
    }

    private static async Task LeavesNothingAsync(BackupBench bench, DumpWatch watch)
    {
        Assert.DoesNotContain(bench.Files(), name => name.Contains("Z-", StringComparison.Ordinal));
        Assert.Empty(bench.Temporary());
        await watch.IsGoneAsync();
    }

    private static Task<NpgsqlConnection> LockAsync(TestDatabase database)
        => database.HoldAsync("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE", Token);

    private async Task<TestDatabase> CreateAsync(int rows = 10)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, {rows}) i", Token);
        return database;
    }
}
