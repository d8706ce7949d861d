using Belay.Adoption;
using Belay.IntegrationTests.Adoption;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Preflight;

namespace Belay.IntegrationTests.Migrations;

public sealed class ForeignHistoryCheckTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private MigrationBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        bench = new MigrationBench(database.Target);
        bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_runs_on_a_database_that_another_tool_has_migrated()
    {
        await database.ExecuteAsync(ForeignTables.Flyway + ForeignTables.FlywayRow(1, "1", "V1__orders.sql") + ForeignTables.FlywayRow(2, "2", "V2__items.sql"), Token);

        var failure = await bench.FailAsync();

        Assert.Equal(
            "1 fault in the migrations, nothing was run:\n"
            + "public.flyway_schema_history has 2 applied migrations of flyway, and Belay has no history here: the pending migrations may be applied already",
            failure.Message);
        Assert.Equal(
            "./build.sh Adopt --from flyway records them, so that nothing is applied twice; ./build.sh Adopt --from none if that table is of another application", failure.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Equal(["public.flyway_schema_history"], await bench.TablesAsync());
    }

    [Fact]
    public async Task Preflight_refuses_with_what_it_found()
    {
        await database.ExecuteAsync(ForeignTables.Alembic + "INSERT INTO alembic_version VALUES ('1975ea83b712');", Token);

        var failure = await Assert.ThrowsAsync<PreflightException>(
            () => new PreflightRunner(new PreflightRequest { Target = database.Target, Store = null, Migrations = bench.Settings }).RunAsync(Token));

        Assert.Contains(
            new Finding(
                FindingSeverity.Refusal,
                "public.alembic_version says that alembic has migrated to 1975ea83b712, and Belay has no history here: the pending migrations may be applied already",
                "./build.sh Adopt --from alembic records them, so that nothing is applied twice; ./build.sh Adopt --from none if that table is of another application"),
            failure.Findings);
    }

    [Fact]
    public async Task Names_a_history_that_the_role_may_not_read()
    {
        await database.ExecuteAsync($"{ForeignTables.Dbmate}GRANT CREATE ON SCHEMA public TO public; GRANT CREATE ON DATABASE {database.Target.Database} TO public", Token);
        using var other = new MigrationBench(await database.CreateRoleAsync(Token), bench.Settings);

        Assert.Contains(
            "public.schema_migrations is a history of dbmate that this role may not read (permission denied for table schema_migrations), and Belay has no history here",
            (await other.FailAsync()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForeignTables.Dbmate)]
    [InlineData(ForeignTables.Goose)]
    [InlineData("CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num varchar(32)); INSERT INTO other.alembic_version VALUES ('1975ea83b712');")]
    [InlineData("CREATE TABLE changes (change_id text); INSERT INTO changes VALUES ('1');")]
    public async Task Runs_beside_an_empty_history_one_in_another_schema_and_a_table_that_is_none(string tables)
    {
        await database.ExecuteAsync(tables, Token);
        Assert.Single((await bench.RunAsync()).Applied);
    }

    [Fact]
    public async Task Runs_beside_another_application_s_history_once_that_was_said()
    {
        await database.ExecuteAsync(ForeignTables.GolangMigrate + "INSERT INTO schema_migrations VALUES (9, false);", Token);
        await bench.FailAsync();

        await new AdoptRunner(database.Connector, bench.Settings, bench.Output, TimeProvider.System).RunAsync(
            new AdoptRequest { Files = MigrationFolder.Read(bench.Settings.Folder), From = "none" }, Token);

        Assert.Equal([$"The history of {database.Target.DisplayName} begins empty: histories of other tools found there do not count from now on"], bench.Output.Lines);
        Assert.Single((await bench.RunAsync()).Applied);
    }
}
