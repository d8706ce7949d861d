using Belay.Adoption;
using Belay.History;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;

namespace Belay.IntegrationTests.Adoption;

public sealed class AdoptRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Schema = "CREATE TABLE orders (id integer); CREATE TABLE items (id integer);";

    private string Shown => Database.Target.DisplayName;

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync(Schema, Token);
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);\n");
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);\n");
        Bench.Write("0003_notes.sql", "CREATE TABLE notes (id integer);\n");
    }

    [Fact]
    public async Task Takes_over_what_Flyway_recorded_and_applies_only_the_rest()
    {
        await MakeAsync(
            ForeignTables.Flyway
            + ForeignTables.FlywayRow(0, null, "\"public\"", "SCHEMA")
            + ForeignTables.FlywayRow(1, "1", "V1__orders.sql", checksum: -856547449)
            + ForeignTables.FlywayRow(2, "2", "V2__items.sql", checksum: 7)
            + ForeignTables.FlywayRow(3, null, "R__views.sql")
            + ForeignTables.FlywayRow(4, "3", "V3__notes.sql")
            + ForeignTables.FlywayRow(5, "3", "U3__notes.sql", "UNDO_SQL"));

        await RunAsync();

        Assert.Equal(
            [
                "Warning: Repeatable scripts are not recorded and run again, as they may at any time: R__views.sql",
                "Warning: 0002_items.sql is not the text that ran: flyway's checksum of it is -922745984, recorded is 7",
                "From flyway's public.flyway_schema_history, recorded as applied without being run:",
                "  0001_orders.sql (V1__orders.sql, installed on 2024-05-01 10:00:00 by app)",
                "  0002_items.sql (V2__items.sql, installed on 2024-05-01 10:00:00 by app)",
                "Pending afterwards: 0003_notes.sql",
            ],
            Bench.Output.Lines);
        Assert.Equal(
            [
                "adopted from flyway: V1__orders.sql, installed on 2024-05-01 10:00:00 by app 12",
                "adopted from flyway: V2__items.sql, installed on 2024-05-01 10:00:00 by app 12",
            ],
            await Bench.QueryAsync("SELECT format('%s %s', remark, duration_ms) FROM belay.migration ORDER BY version"));
        Assert.Equal(["notes"], (await Bench.RunAsync()).Applied.Select(migration => migration.Name));
        Assert.Equal(["6"], await Bench.QueryAsync("SELECT count(*) FROM flyway_schema_history"));
    }

    [Fact]
    public async Task Refuses_what_failed_under_Flyway()
    {
        await MakeAsync(
            ForeignTables.Flyway
                + ForeignTables.FlywayRow(1, "1", "V1__orders.sql")
                + ForeignTables.FlywayRow(2, "2", "V2__items.sql", success: false));
        await RefusesAsync(
            "flyway",
            "The history of flyway in public.flyway_schema_history cannot be adopted, nothing was changed:\n"
            + "  V2__items.sql, installed on 2024-05-01 10:00:00 by app: failed (success is false): nobody knows how much of it is in the "
            + "database",
            "bring the database to the state before or after that script by hand, then flyway repair, then ./build.sh Adopt --from flyway");
    }

    [Fact]
    public async Task Counts_what_lies_under_a_baseline_of_Flyway_as_applied()
    {
        await MakeAsync(ForeignTables.Flyway + ForeignTables.FlywayRow(1, "2", "<< Flyway Baseline >>", "BASELINE"));
        Assert.Equal([1L, 2L], (await RunAsync()).Select(row => row.Version));
    }

    [Fact]
    public async Task Takes_over_each_version_that_dbmate_recorded()
    {
        await MakeAsync(ForeignTables.Dbmate + "INSERT INTO schema_migrations VALUES ('0002'), ('0001');");
        await RunAsync("dbmate");
        Assert.Equal(["adopted from dbmate: 0001", "adopted from dbmate: 0002"], await RemarksAsync());
    }

    [Fact]
    public async Task Takes_over_all_up_to_golang_migrate_s_version()
    {
        await MakeAsync(ForeignTables.GolangMigrate + "INSERT INTO schema_migrations VALUES (2, false);");
        await RunAsync();
        Assert.Equal(["adopted from golang-migrate: 2", "adopted from golang-migrate: 2"], await RemarksAsync());
    }

    [Fact]
    public async Task Refuses_golang_migrate_s_dirty_version()
    {
        await MakeAsync(ForeignTables.GolangMigrate + "INSERT INTO schema_migrations VALUES (2, true);");
        await RefusesAsync(
            null,
            "The history of golang-migrate in public.schema_migrations cannot be adopted, nothing was changed:\n"
            + "  version 2 is dirty: it failed, and nobody knows how much of it is in the database",
            "bring the database to the state before or after that file by hand, then migrate force with that version, then "
                + "./build.sh Adopt --from golang-migrate");
    }

    [Fact]
    public async Task Takes_over_what_goose_applied_and_did_not_take_back()
    {
        await MakeAsync(
            ForeignTables.Goose
                + "INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (1, true, '2024-05-01'), (2, true, '2024-05-02'), "
                + "(3, true, now()), (3, false, now());");
        await RunAsync();
        Assert.Equal(
            ["adopted from goose: 1, applied at 2024-05-01 00:00:00", "adopted from goose: 2, applied at 2024-05-02 00:00:00"],
            await RemarksAsync());
    }

    [Fact]
    public async Task Takes_over_all_up_to_Alembic_s_revision()
    {
        File.Move(Bench.PathOf("0002_items.sql"), Bench.PathOf("0002_1975ea83b712_items.sql"));
        await MakeAsync(ForeignTables.Alembic + "INSERT INTO alembic_version VALUES ('1975ea83b712');");
        await RunAsync();
        Assert.Equal(["adopted from alembic: 1975ea83b712", "adopted from alembic: 1975ea83b712"], await RemarksAsync());
    }

    [Fact]
    public async Task Refuses_two_heads_of_Alembic()
    {
        Bench.Write("0002_items.sql", "-- belay: adopts 1975ea83b712\nCREATE TABLE items (id integer);\n");
        await MakeAsync(ForeignTables.Alembic + "INSERT INTO alembic_version VALUES ('1975ea83b712'), ('ae1027a6acf');");
        await RefusesAsync(
            "alembic",
            "The history of alembic in public.alembic_version cannot be adopted, nothing was changed:\n"
            + "  it has 2 heads (1975ea83b712, ae1027a6acf), and which files lie on which branch stands in Alembic's scripts alone\n"
            + "  ae1027a6acf: is applied and has no file in the folder",
            "alembic merge heads, alembic upgrade head, then ./build.sh Adopt --from alembic; "
            + "put the file back, or write \"-- belay: adopts <id>\" into the first lines of the file that is meant");
    }

    [Fact]
    public async Task Takes_over_what_EF_Core_recorded_by_the_id_that_a_file_names()
    {
        Bench.Write(
            "0001_orders.sql",
            "-- belay: adopts 20250202120000_Items\nCREATE TABLE orders (id integer);\nCREATE TABLE items (id integer);\n");
        File.Delete(Bench.PathOf("0002_items.sql"));
        await MakeAsync(
            ForeignTables.EntityFramework
                + "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20250101120000_Initial', '9.0.1'), ('20250202120000_Items', '9.0.1');");

        await RunAsync();

        Assert.Equal(["1 older entry without a file in the folder, not recorded: 20250101120000_Initial"], Bench.Output.Warnings);
        Assert.Equal(["adopted from ef-core: 20250202120000_Items"], await RemarksAsync());
    }

    [Fact]
    public async Task Takes_over_sqitch_s_changes_by_name()
    {
        await MakeAsync(ForeignTables.Sqitch + ForeignTables.SqitchRow("1", "orders") + ForeignTables.SqitchRow("2", "items"));
        await RunAsync("sqitch");
        Assert.Equal(
            ["1 orders", "2 items"], await Bench.QueryAsync("SELECT format('%s %s', version, name) FROM belay.migration ORDER BY version"));
        Assert.Contains(
            await RemarksAsync(),
            remark => remark.StartsWith("adopted from sqitch: orders, committed at 2024-05-01 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Matches_each_row_of_a_change_that_was_reworked_to_its_own_place_in_the_plan()
    {
        Directory.EnumerateFiles(Bench.Settings.Folder).ToList().ForEach(File.Delete);
        Bench.Write(
            "sqitch.plan",
            "%project=app\n\norders 2024-01-01T00:00:00Z a <a@b.c>\n@v1 2024-01-01T00:00:00Z a <a@b.c>\nitems 2024-01-01T00:00:00Z a "
                + "<a@b.c>\norders [orders@v1] 2024-01-01T00:00:00Z a <a@b.c>\n");
        Directory.CreateDirectory(Bench.PathOf("deploy"));
        Bench.Write("deploy/orders@v1.sql", "SELECT 'first';");
        Bench.Write("deploy/items.sql", "SELECT 'items';");
        Bench.Write("deploy/orders.sql", "SELECT 'second';");
        await MakeAsync(
            ForeignTables.Sqitch
                + ForeignTables.SqitchRow("1", "orders")
                + ForeignTables.SqitchRow("2", "items")
                + ForeignTables.SqitchRow("3", "orders"));

        await RunAsync("sqitch");

        Assert.Equal(
            ["1 orders SELECT 'first';", "2 items SELECT 'items';", "3 orders SELECT 'second';"],
            await Bench.QueryAsync("SELECT format('%s %s %s', version, name, script) FROM belay.migration ORDER BY version"));
    }

    [Fact]
    public async Task Shows_what_it_would_record()
    {
        await MakeAsync(ForeignTables.Dbmate + "INSERT INTO schema_migrations VALUES ('0001');");

        Assert.Empty(await RunAsync(dryRun: true));

        Assert.Equal(
            [
                "From dbmate's public.schema_migrations, would be recorded as applied without being run:",
                "  0001_orders.sql (0001)",
                "Pending afterwards: 0002_items.sql, 0003_notes.sql",
            ],
            Bench.Output.Lines);
        Assert.DoesNotContain("belay.migration", await Bench.TablesAsync());
    }

    [Fact]
    public Task Says_that_there_is_no_history() => RefusesAsync(
        null,
        $"No history of another tool was found in {Shown}; there is none of any tool known here. Nothing was changed.",
        "./build.sh Baseline --migration-version N records the files up to N as applied");

    [Fact]
    public async Task Says_whose_histories_there_are()
    {
        await MakeAsync(ForeignTables.Alembic + ForeignTables.Dbmate);
        await RefusesAsync(
            "goose",
            $"No history of goose was found in {Shown}; there is public.alembic_version of alembic, public.schema_migrations of "
                + "dbmate. Nothing was changed.",
            "./build.sh Baseline --migration-version N records the files up to N as applied");
        await RefusesAsync(
            null,
            $"Several histories of other tools were found in {Shown}: public.alembic_version of alembic, public.schema_migrations of "
                + "dbmate. Nothing was changed.",
            "name one: ./build.sh Adopt --from alembic or ./build.sh Adopt --from dbmate");
    }

    [Fact]
    public async Task Refuses_a_history_of_its_own_that_is_not_empty()
    {
        await MakeAsync("DROP TABLE orders, items;");
        await Bench.RunAsync();
        await MakeAsync(ForeignTables.Dbmate);

        var failure = await Assert.ThrowsAsync<HistoryException>(() => RunAsync());

        Assert.StartsWith(
            $"The history of {Shown} is not empty: it has 3 migrations, 1 orders to 3 notes; ",
            failure.Message,
            StringComparison.Ordinal);
    }

    private Task MakeAsync(string sql) => Database.ExecuteAsync(sql, Token);

    private Task<IReadOnlyList<string>> RemarksAsync() => Bench.QueryAsync("SELECT remark FROM belay.migration ORDER BY version");

    private async Task RefusesAsync(string? from, string message, string hint)
    {
        var failure = await Assert.ThrowsAsync<HistoryException>(() => RunAsync(from));

        Assert.Equal((message, hint, ExitCodes.PreflightRefused), (failure.Message, failure.Hint, failure.ExitCode));
        Assert.DoesNotContain("belay.migration", await Bench.TablesAsync());
    }

    private Task<IReadOnlyList<AppliedMigration>> RunAsync(string? from = null, bool dryRun = false)
        => new AdoptRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System).RunAsync(
            new AdoptRequest { Files = MigrationFolder.Read(Bench.Settings.Folder), From = from, DryRun = dryRun }, Token);
}
