using Belay.Backups;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Recovery.Restoring;

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
