using Belay.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Servers;

namespace Belay.IntegrationTests.Recovery.Restoring;

[Collection(nameof(RestoringCollection))]
public sealed class RestoreRoleTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string Schema =
        "CREATE TABLE own (id int PRIMARY KEY); INSERT INTO own VALUES (1); CREATE EXTENSION pg_trgm; CREATE VIEW seen AS TABLE own";

    private string Name => Database.Target.Database;

    [Fact]
    public async Task A_role_that_makes_databases_and_owns_what_is_in_this_one_needs_no_superuser()
    {
        await using var bench = new RestoreBench(Database, Postgres.Tools);
        var owner = await Database.CreateRoleAsync(Token, "CREATEDB");
        await Database.ExecuteAsync(
            $"ALTER DATABASE {Name} OWNER TO {owner.Username}; ALTER SCHEMA public OWNER TO {owner.Username}", Token);
        await owner.ExecuteAsync(Schema, Token);
        var manifest = await bench.Backups.TakeAsync(owner, new BackupSettings());
        var outcome = await bench.RestoreAsync(bench.Request(manifest) with { Target = owner });

        Assert.Empty(bench.Output.Warnings);
        Assert.Equal([outcome.Replaced!], await bench.OthersAsync());
        Assert.Equal(
            owner.Username,
            await bench.AskAsync(Name, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"));
        await bench.AskAsync("postgres", $"DROP DATABASE {outcome.Replaced}");
    }

    [Fact]
    public async Task A_role_that_sees_nothing_of_autovacuum_restores_while_it_works()
    {
        await using var server = await AutovacuumServer.StartAsync(Postgres.Tools, Token);
        await using var database = await server.CreateDatabaseAsync(Token);
        await using var bench = new RestoreBench(database, Postgres.Tools);
        var owner = await database.CreateRoleAsync(Token, "CREATEDB");
        await database.ExecuteAsync(
            $"ALTER DATABASE test OWNER TO {owner.Username}; ALTER SCHEMA public OWNER TO {owner.Username}", Token);
        await owner.ExecuteAsync(
            $"""
            CREATE TABLE large AS SELECT n AS id FROM generate_series(1, 100000) n;
            ALTER TABLE large SET ({AutovacuumServer.Slow});
            """,
            Token);
        var manifest = await bench.Backups.TakeAsync(owner, new BackupSettings());
        await owner.ExecuteAsync("DELETE FROM large WHERE id % 2 = 0", Token);
        await AutovacuumServer.WorksAsync(database, Token);

        await bench.RestoreAsync(bench.Request(manifest) with { Target = owner, EndsSessions = true });

        Assert.Equal("100000", await bench.AskAsync("test", "SELECT count(*) FROM large"));
    }

    [Fact]
    public async Task Compares_no_rows_of_a_table_that_may_hide_some_from_the_role()
    {
        await using var bench = new RestoreBench(Database, Postgres.Tools);
        var owner = await Database.CreateRoleAsync(Token, "CREATEDB");
        await Database.ExecuteAsync($"{Schema}; ALTER TABLE own OWNER TO {owner.Username}", Token);
        var manifest = await bench.Backups.TakeAsync(Database.Target, new BackupSettings());
        await Database.ExecuteAsync("ALTER TABLE own ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY", Token);

        var preview = await bench.Runner.PreviewAsync(bench.Request(manifest) with { Target = owner }, Token);

        Assert.Contains(
            "  rows are not compared: 42501: query would be affected by row-level security policy for table \"own\"", preview.Losses);
    }
}
