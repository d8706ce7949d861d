using Belay.Adoption;
using Belay.History;
using Belay.IntegrationTests.Adoption;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Preflight;

namespace Belay.IntegrationTests.Migrations;

public sealed class ForeignHistoryCheckTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    protected override Task PrepareAsync()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Nothing_runs_on_a_database_that_another_tool_has_migrated()
    {
        await Database.ExecuteAsync(
            ForeignTables.Flyway + ForeignTables.FlywayRow(1, "1", "V1__orders.sql") + ForeignTables.FlywayRow(2, "2", "V2__items.sql"),
            Token);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            "1 fault in the migrations, nothing was run:\n"
            + "public.flyway_schema_history has 2 applied migrations of flyway, and Belay has no history here: the pending migrations may "
            + "be applied already",
            failure.Message);
        Assert.Equal(
            "./build.sh Adopt --from flyway records them, so that nothing is applied twice; ./build.sh Adopt --from none if that table is "
                + "of another application", failure.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Equal(["public.flyway_schema_history"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Preflight_refuses_with_what_it_found()
    {
        await Database.ExecuteAsync(ForeignTables.Alembic + "INSERT INTO alembic_version VALUES ('1975ea83b712');", Token);

        var failure = await Assert.ThrowsAsync<PreflightException>(
            () => new PreflightRunner(new PreflightRequest { Target = Database.Target, Store = null, Migrations = Bench.Settings })
                .RunAsync(Token));

        var found = Assert.Single(failure.Findings, finding => finding.Severity == FindingSeverity.Refusal);
        Assert.Equal(
            (
                "public.alembic_version says that alembic has migrated to 1975ea83b712, and Belay has no history here: the pending "
                    + "migrations may be applied already",
                "./build.sh Adopt --from alembic records them, so that nothing is applied twice; ./build.sh Adopt --from none if that "
                    + "table is of another application"),
            (found.Message, found.Hint));
    }

    [Fact]
    public async Task Names_a_history_that_the_role_may_not_read()
    {
        await Database.ExecuteAsync(
            $"{ForeignTables.Dbmate}GRANT CREATE ON SCHEMA public TO public; GRANT CREATE ON DATABASE {Database.Target.Database} TO "
                + "public", Token);
        using var other = new MigrationBench(await Database.CreateRoleAsync(Token), Bench.Settings);

        Assert.Contains(
            "public.schema_migrations is a history of dbmate that this role may not read (permission denied for table schema_migrations), "
                + "and Belay has no history here",
            (await other.FailAsync()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "liquibase",
        "CREATE TABLE databasechangelog (id varchar(255), author varchar(255), filename varchar(255), dateexecuted timestamp); INSERT "
            + "INTO databasechangelog VALUES ('1');")]
    [InlineData(
        "liquibase",
        "CREATE TABLE \"DATABASECHANGELOG\" (\"ID\" varchar(255), \"AUTHOR\" varchar(255), \"FILENAME\" varchar(255)); INSERT INTO "
            + "\"DATABASECHANGELOG\" VALUES ('1');")]
    [InlineData(
        "django",
        "CREATE TABLE django_migrations (id bigint PRIMARY KEY, app varchar(255), name varchar(255), applied timestamptz); INSERT INTO "
            + "django_migrations VALUES (1);")]
    [InlineData(
        "rails",
        "CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar, created_at timestamp, updated_at timestamp); INSERT "
            + "INTO ar_internal_metadata VALUES ('environment');")]
    [InlineData(
        "fluentmigrator",
        "CREATE TABLE \"VersionInfo\" (\"Version\" bigint NOT NULL, \"AppliedOn\" timestamp, \"Description\" varchar(1024)); INSERT INTO "
            + "\"VersionInfo\" VALUES (1);")]
    [InlineData(
        "hasura",
        "CREATE SCHEMA hdb_catalog; CREATE TABLE hdb_catalog.hdb_version (hasura_uuid uuid, version text, cli_state jsonb); INSERT INTO "
            + "hdb_catalog.hdb_version (version) VALUES ('48');")]
    public async Task Notices_a_database_that_a_tool_without_a_reader_has_migrated(string tool, string tables)
    {
        await Database.ExecuteAsync(tables, Token);

        var failure = await Bench.FailAsync();

        Assert.EndsWith(
            $" looks like the history of {tool}, which is not read here, and Belay has no history here: the pending migrations may be "
                + "applied already", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            "./build.sh Baseline --migration-version N --reason \"…\" records the files up to N as applied, when they are; "
            + "./build.sh Adopt --from none if all of them are new, or that table is of another application or no history at all",
            failure.Hint);
        await new AdoptRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(
            new AdoptRequest { Files = MigrationFolder.Read(Bench.Settings.Folder), From = "none" }, Token);
        Assert.Single((await Bench.RunAsync()).Applied);
    }

    [Theory]
    [InlineData("CREATE TABLE company_migrations (name text, applied_at timestamptz); INSERT INTO company_migrations VALUES ('a')")]
    [InlineData("CREATE TABLE \"SchemaHistory\" (\"Version\" int); INSERT INTO \"SchemaHistory\" VALUES (1)")]
    [InlineData("CREATE TABLE db_version (version int, executed_at timestamptz); INSERT INTO db_version VALUES (1)")]
    public async Task Notices_a_table_that_only_looks_like_a_history(string tables)
    {
        await Database.ExecuteAsync(tables, Token);
        Assert.Contains(
            "looks like the history of an unknown migration tool, which is not read here, and Belay has no history here",
            (await Bench.FailAsync()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE bird_migrations (bird text, km integer); INSERT INTO bird_migrations VALUES ('stork', 9000)")]
    [InlineData("CREATE TABLE knex_migrations_lock (index integer, is_locked integer); INSERT INTO knex_migrations_lock VALUES (1, 0)")]
    [InlineData("CREATE TABLE versions (id integer, created_at timestamptz); INSERT INTO versions VALUES (1)")]
    public async Task Runs_beside_tables_that_are_no_history(string tables)
    {
        await Database.ExecuteAsync(tables, Token);
        Assert.Single((await Bench.RunAsync()).Applied);
    }

    [Fact]
    public async Task Warns_of_a_history_in_a_schema_that_the_role_does_not_search()
    {
        await Database.ExecuteAsync(
            "CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num varchar(32)); INSERT INTO other.alembic_version VALUES "
                + "('1975ea83b712');", Token);
        Assert.Equal(
            [
                "other.alembic_version says that alembic has migrated to 1975ea83b712; its schema is not in this role's search_path, so "
                    + "it is taken for another application's",
            ],
            (await PlanAsync()).Warnings);
    }

    private async Task<MigrationPlan> PlanAsync()
    {
        await using var connection = await Database.Connector.OpenAsync("test", Token);
        var applied = await MigrationHistory.ReadAsync(connection, Token);
        return await ForeignHistoryCheck.AddAsync(
            connection, MigrationPlan.Make(MigrationFolder.Read(Bench.Settings.Folder), applied, Bench.Settings), Token);
    }

    [Theory]
    [InlineData(ForeignTables.Dbmate)]
    [InlineData(ForeignTables.Goose)]
    [InlineData(
        "CREATE SCHEMA other; CREATE TABLE other.alembic_version (version_num varchar(32)); INSERT INTO other.alembic_version VALUES "
            + "('1975ea83b712');")]
    [InlineData("CREATE TABLE changes (change_id text); INSERT INTO changes VALUES ('1');")]
    public async Task Runs_beside_an_empty_history_one_in_another_schema_and_a_table_that_is_none(string tables)
    {
        await Database.ExecuteAsync(tables, Token);
        Assert.Single((await Bench.RunAsync()).Applied);
    }

    [Fact]
    public async Task Runs_beside_another_application_s_history_once_that_was_said()
    {
        await Database.ExecuteAsync(ForeignTables.GolangMigrate + "INSERT INTO schema_migrations VALUES (9, false);", Token);
        await Bench.FailAsync();

        await new AdoptRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(
            new AdoptRequest { Files = MigrationFolder.Read(Bench.Settings.Folder), From = "none" }, Token);

        Assert.Equal(
            [$"The history of {Database.Target.DisplayName} begins empty: histories of other tools found there do not count from now on"],
            Bench.Output.Lines);
        Assert.Single((await Bench.RunAsync()).Applied);
    }
}
