using Belay.Migrations;
using Belay.Postgres;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Preflight;

public sealed partial class PreflightRunnerTests
{
    [Fact]
    public async Task Refuses_a_database_without_the_table_as_the_guide_does()
    {
        var refusal = Assert.Single(await RefusalsAsync(Request(Database.Target)));

        Assert.StartsWith(
            $"relation \"user\" does not exist in {Database.Target.DisplayName} (0001_add_user_analysis_preferences.sql, line ",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "check that DATABASE_URL names the right database: SELECT current_database(); and \\dt \"user\" in psql", refusal.Hint);
    }

    [Fact]
    public async Task Refuses_a_role_that_neither_owns_the_table_nor_may_keep_the_history()
    {
        var target = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(UserTable, Token);

        var script = await File.ReadAllLinesAsync(
            Path.Combine(TestFolder.Checkout, "migrations", "0001_add_user_analysis_preferences.sql"), Token);
        var line = Array.FindIndex(script, text => text.Contains("ALTER TABLE \"user\"", StringComparison.Ordinal)) + 1;

        var refusals = await RefusalsAsync(Request(target));

        Assert.Equal(
            [
                $"permission denied: \"{target.Username}\" may not create a schema \"belay\" in {target.DisplayName}, which keeps the "
                    + "migration history",
                $"permission denied: \"{target.Username}\" does not own the table \"user\" (0001_add_user_analysis_preferences.sql, "
                    + $"line {line}); its owner is \"{Database.Target.Username}\"",
            ],
            refusals.Select(refusal => refusal.Message));
        Assert.Contains("PostgreSQL has no GRANT ALTER", refusals[1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_member_that_does_not_inherit_the_owners_rights_how_it_would()
    {
        var target = await Database.CreateRoleAsync(Token, "NOINHERIT");
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(UserTable, Token);
        await Database.ExecuteAsync(
            $"""
            GRANT {owner.Username} TO {target.Username};
            ALTER TABLE "user" OWNER TO {owner.Username};
            GRANT CREATE ON DATABASE "{Database.Target.Database}" TO {target.Username}
            """,
            Token);

        var refusal = Assert.Single(await RefusalsAsync(Request(target)));

        Assert.Contains(
            $"; its owner is \"{owner.Username}\", of which it is a member without its rights (NOINHERIT)", refusal.Message,
            StringComparison.Ordinal);
        var grant = Postgres.Tools.Major >= 16
            ? $"GRANT \"{owner.Username}\" TO \"{target.Username}\" WITH INHERIT TRUE"
            : $"ALTER ROLE \"{target.Username}\" INHERIT";
        Assert.StartsWith($"connect as \"{owner.Username}\", or {grant}, or ALTER TABLE ", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_pg_dump_that_is_older_than_the_server()
    {
        await Database.ExecuteAsync(UserTable, Token);
        var request = Request(Database.Target) with
        {
            FindTools = _ => Task.FromResult<IReadOnlyList<PostgresTools>>([new("/old/bin", "9.6.24", HasServer: false)]),
        };

        Assert.Equal(
            $"pg_dump 9.6.24 is older than the server, which is version {Postgres.Tools.Major}: it refuses to dump it",
            Assert.Single(await RefusalsAsync(request)).Message);
    }

    [Fact]
    public async Task Refuses_a_store_that_fails_its_probe()
    {
        await Database.ExecuteAsync(UserTable, Token);
        var blocked = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(blocked, "no folder", Token);
        var store = StoreFactory.Open(new FolderStoreLocation { Folder = blocked });

        Assert.Contains(
            blocked, Assert.Single(await RefusalsAsync(Request(Database.Target) with { Store = store })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_read_only_transactions()
    {
        var target = await Database.CreateRoleAsync(Token, "SUPERUSER");
        await Database.ExecuteAsync($"{UserTable}; ALTER ROLE {target.Username} SET default_transaction_read_only = on", Token);

        Assert.Equal(
            $"Transactions of \"{target.Username}\" on {target.DisplayName} are read-only (default_transaction_read_only is on)",
            Assert.Single(await RefusalsAsync(Request(target))).Message);
    }

    [Theory]
    [InlineData("CREATE INDEX CONCURRENTLY t_a ON t (a)", "CREATE INDEX CONCURRENTLY")]
    [InlineData("DROP INDEX CONCURRENTLY t_a", "DROP INDEX CONCURRENTLY")]
    [InlineData("REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY")]
    [InlineData("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "DETACH PARTITION CONCURRENTLY")]
    [InlineData("VACUUM t", "VACUUM")]
    public async Task Refuses_a_file_that_needs_no_transaction_and_lacks_the_directive(string statement, string name)
    {
        await Database.ExecuteAsync("CREATE TABLE t (a integer)", Token);
        var path = Path.Combine(folder, "0001_a.sql");
        await File.WriteAllTextAsync(path, $"SELECT 1;\n{statement};\n", Token);

        var refusal = Assert.Single(
            await RefusalsAsync(Request(Database.Target) with { Migrations = new MigrationSettings { Folder = folder } }));

        Assert.Equal($"{path}:2:1: {name} cannot run inside a transaction", refusal.Message);
        Assert.Equal("put the directive \"-- belay: no-transaction\" in the file's first line", refusal.Hint);
    }
}
