using Belay.Backups;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Versions;

/// <summary>Time limits that an application's role has, which would end a release's sessions.</summary>
public sealed class SessionLimitTests(VersionsFixture versions, PostgresFixture machine)
{
    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task A_migration_outlives_the_limits_of_its_role(int major)
    {
        await using var one = await VersionBench.CreateAsync(major, versions, machine);
        var role = await one.Database.CreateRoleAsync(Token, "SUPERUSER");
        string[] limits =
        [
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
            .. major >= 14 ? ["idle_session_timeout"] : Array.Empty<string>(),
            .. major >= 17 ? ["transaction_timeout"] : Array.Empty<string>(),
        ];
        await one.Database.ExecuteAsync(string.Concat(limits.Select(limit => $"ALTER ROLE {role.Username} SET {limit} = '1s';")), Token);
        using var bench = new MigrationBench(role, one.Bench.Settings);
        bench.Write(
            "0001_slow.sql",
            $"CREATE TABLE seen AS SELECT name, setting FROM pg_settings WHERE name IN ('{string.Join("', '", limits)}');\nSELECT "
                + "pg_sleep(2.5);\n");

        await bench.RunAsync();

        Assert.Equal(["1"], await bench.AppliedAsync());
        Assert.Equal(
            limits.Select(
                limit => limit switch { "lock_timeout" =>
                    "lock_timeout 100", "statement_timeout" => "statement_timeout 900000", _ => $"{limit} 0" })
                        .Order(StringComparer.Ordinal),
            (await bench.QueryAsync("SELECT format('%s %s', name, setting) FROM seen")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_backup_outlives_the_limits_of_its_role_while_pg_dump_waits_for_a_lock()
    {
        await using var database = await machine.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("CREATE TABLE orders AS SELECT generate_series(1, 10) AS id", Token);
        var role = await database.CreateRoleAsync(Token, "SUPERUSER");
        await database.ExecuteAsync($"ALTER ROLE {role.Username} SET idle_in_transaction_session_timeout = '1s'", Token);
        using var bench = new BackupBench(machine.Tools);
        await using var holder = await database.HoldAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Token);

        var backup = bench.TakeAsync(role, new BackupSettings { LockWait = TimeSpan.FromMinutes(5) });
        await MigrationBench.WaitForAsync(
            async () => await database.ScalarAsync(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", Token) is 1L,
            "pg_dump waits for the table");
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        await holder.DisposeAsync();

        Assert.Equal(10, (await backup).RowCounts!["public.orders"]);
    }
}
