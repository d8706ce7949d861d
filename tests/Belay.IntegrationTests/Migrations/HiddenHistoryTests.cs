using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Row level security on Belay's own tables, as platforms turn it on for every table.</summary>
public sealed class HiddenHistoryTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    [Fact]
    public async Task A_role_that_may_not_see_all_rows_of_the_history_migrates_nothing()
    {
        using var owner = new MigrationBench(Database.Target);
        owner.Write("0001_a.sql", "CREATE TABLE t (id integer);\n");
        await owner.RunAsync();
        var other = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT USAGE ON SCHEMA belay TO {other.Username}; GRANT ALL ON ALL TABLES IN SCHEMA belay TO {other.Username}; ALTER TABLE "
                + "belay.migration ENABLE ROW LEVEL SECURITY", Token);
        using var bench = new MigrationBench(other, owner.Settings);

        var exception = await bench.FailAsync();

        Assert.Equal(
            "Row level security may hide rows of belay.migration from this role, so it cannot be told what is applied", exception.Message);
        Assert.Equal(
            (
                ExitCodes.PreflightRefused,
                "ALTER TABLE belay.migration DISABLE ROW LEVEL SECURITY, or connect as the role that migrated before"),
                (exception.ExitCode, exception.Hint));
        await Database.ExecuteAsync($"DROP OWNED BY {other.Username}", Token);
    }

    [Fact]
    public async Task Its_owner_goes_on_until_the_security_is_forced_on_owners_too()
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"ALTER DATABASE {role.Database} OWNER TO {role.Username}; GRANT CREATE ON SCHEMA public TO {role.Username}", Token);
        using var bench = new MigrationBench(role);
        bench.Write("0001_a.sql", "CREATE TABLE t (id integer);\n");
        await bench.RunAsync();
        await Database.ExecuteAsync("ALTER TABLE belay.migration ENABLE ROW LEVEL SECURITY", Token);
        bench.Write("0002_b.sql", "CREATE TABLE u (id integer);\n");
        Assert.Equal(["b"], (await bench.RunAsync()).Applied.Select(migration => migration.Name));
        await Database.ExecuteAsync("ALTER TABLE belay.migration FORCE ROW LEVEL SECURITY", Token);

        Assert.Equal(
            "Row level security may hide rows of belay.migration from this role, so it cannot be told what is applied",
            (await bench.FailAsync()).Message);
        await Database.ExecuteAsync($"ALTER DATABASE {role.Database} OWNER TO CURRENT_USER; DROP OWNED BY {role.Username} CASCADE", Token);
    }
}
