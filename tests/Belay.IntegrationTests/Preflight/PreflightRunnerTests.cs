using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Settings;
using Npgsql;

namespace Belay.IntegrationTests.Preflight;

public sealed partial class PreflightRunnerTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private const string UserTable =
        """CREATE TABLE "user" (id integer PRIMARY KEY, username varchar(80) UNIQUE NOT NULL, password_hash varchar(200))""";

    private readonly string folder = TestFolder.New("preflight");

    public override async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Reports_the_guide_s_migration_as_pending_with_four_missing_columns()
    {
        await Database.ExecuteAsync(UserTable, Token);

        var report = await new PreflightRunner(Request(Database.Target)).RunAsync(Token);

        Assert.Equal("0001_add_user_analysis_preferences.sql", Assert.Single(report.Pending).FileName);
        Assert.Equal((0, 4), (report.PendingObjects!.Existing, report.PendingObjects.Total));
        Assert.Equal(
            ["clear_previous_anomalies", "max_reports", "max_templates", "show_clear_warning"], report.PendingObjects.Missing.Order());
        Assert.StartsWith($"PostgreSQL {Postgres.Tools.Major}", report.ServerVersion, StringComparison.Ordinal);
        Assert.True(report.Tools!.Major >= Postgres.Tools.Major);
        Assert.Empty(report.Applied);
        Assert.DoesNotContain(report.Findings, finding => finding.Severity != FindingSeverity.Information);
    }

    [Fact]
    public async Task Warns_of_a_way_back_that_is_not_rehearsed_and_says_nothing_of_it_before_a_mere_backup()
    {
        await Database.ExecuteAsync(UserTable, Token);
        var request = Request(Database.Target) with { Rehearses = false };

        Assert.Equal(
            "The way back of what is pending: rollback scripts not rehearsed in this run: 0001_add_user_analysis_preferences.sql",
            Assert.Single((await new PreflightRunner(request).RunAsync(Token)).Findings, IsWarning).Message);
        var backup = await new PreflightRunner(request with { Work = ReleaseWork.Backup }).RunAsync(Token);
        Assert.DoesNotContain(backup.Findings, IsWarning);

        static bool IsWarning(Finding finding) => finding.Severity == FindingSeverity.Warning;
    }

    [Fact]
    public async Task Calls_no_release_the_first_that_goes_on_with_a_file_that_stopped_part_way()
    {
        await using var connection = await Database.OpenAsync(Token);
        await HistorySchema.EnsureAsync(connection, [HistorySchema.Migration, HistorySchema.Statement], Token);
        await Database.ExecuteAsync(
            $"""
            {UserTable};
            INSERT INTO belay.statement (version, position, sha256, first_words, started_at, sqlstate, backend_pid, backend_start)
            VALUES (1, 1, 'x', 'CREATE INDEX', '2026-10-12 10:30Z', '57P01', 1, now())
            """,
            Token);

        var report = await new PreflightRunner(Request(Database.Target)).RunAsync(Token);

        Assert.Equal(
            "This database was released to before: no migration applied, and one stopped part-way: 0 statements ran; the last that "
                + "began, on 2026-10-12 10:30:00 UTC, was CREATE INDEX, which failed with SQLSTATE 57P01",
            report.Scope[1]);
    }

    [Fact]
    public async Task Counts_what_is_there_already()
    {
        await Database.ExecuteAsync($"{UserTable}; ALTER TABLE \"user\" ADD max_reports integer NOT NULL DEFAULT 5", Token);

        var report = await new PreflightRunner(Request(Database.Target)).RunAsync(Token);

        Assert.Equal((1, 4), (report.PendingObjects!.Existing, report.PendingObjects.Total));
        Assert.DoesNotContain("max_reports", report.PendingObjects.Missing);
    }

    [Fact]
    public async Task Leaves_the_database_as_it_was()
    {
        await Database.ExecuteAsync(UserTable, Token);

        await new PreflightRunner(Request(Database.Target)).RunAsync(Token);

        Assert.Equal(
            1L,
            await Database.ScalarAsync(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text NOT IN ('pg_catalog', "
                    + "'information_schema')",
                Token));
        Assert.Equal(0L, await Database.ScalarAsync("SELECT count(*) FROM pg_namespace WHERE nspname = 'belay'", Token));
    }

    [Fact]
    public async Task Lets_a_role_pass_that_owns_the_table_through_a_group_and_may_create_schemas()
    {
        var owner = await Database.CreateRoleAsync(Token);
        var member = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"{UserTable}; ALTER TABLE \"user\" OWNER TO {owner.Username}; GRANT {owner.Username} TO {member.Username}; GRANT CREATE "
                + $"ON DATABASE {member.Database} TO {member.Username}",
            Token);

        var report = await new PreflightRunner(Request(member)).RunAsync(Token);

        Assert.Single(report.Pending);
    }

    [Fact]
    public async Task Names_database_folder_and_tools_when_all_are_missing()
    {
        var request = Request(Database.Target with { Database = "absent" }) with
        {
            Migrations = new MigrationSettings { Folder = Path.Combine(folder, "absent") },
            FindTools = _ => Task.FromResult<IReadOnlyList<PostgresTools>>([]),
        };

        var refusals = await RefusalsAsync(request);

        Assert.Equal(3, refusals.Count);
        Assert.StartsWith("Migration file not found: ", refusals[0].Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"Cannot connect to {request.Target.DisplayName} as \"{request.Target.Username}\": ",
            refusals[1].Message,
            StringComparison.Ordinal);
        Assert.Equal("There is no pg_dump on this machine", refusals[2].Message);
    }

    [Fact]
    public async Task Warns_of_another_runner_a_running_dump_and_an_old_transaction()
    {
        await Database.ExecuteAsync(UserTable, Token);
        await using var runner = await Database.Connector.OpenAsync("migrate", Token);
        var runnerPid = await ScalarAsync(runner, $"SELECT pg_advisory_lock({MigrationLock.Key}); SELECT pg_backend_pid()");
        await using var dump = await OpenAsync("pg_dump");
        await using var idle = await OpenAsync("shop");
        var idlePid = await ScalarAsync(idle, "BEGIN; SELECT pg_backend_pid()");

        var report = await new PreflightRunner(Request(Database.Target) with { OldTransaction = TimeSpan.Zero }).RunAsync(Token);

        var warnings = report.Findings.Where(finding => finding.Severity == FindingSeverity.Warning).ToList();
        Assert.Equal(3, warnings.Count);
        Assert.StartsWith(
            $"Another runner holds the migration lock: pid {runnerPid}, belay migrate, role {Database.Target.Username}, connected since ",
            warnings[0].Message,
            StringComparison.Ordinal);
        Assert.StartsWith("A transaction has been open for ", warnings[1].Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"(pid {idlePid}, shop, role {Database.Target.Username}, idle in transaction): its locks can make the migration wait",
            warnings[1].Message,
            StringComparison.Ordinal);
        Assert.Equal(
            $"pg_dump is running (pid {dump.ProcessID}, role {Database.Target.Username}): its locks make a migration of the same "
                + "tables wait",
            warnings[2].Message);
    }

    [Fact]
    public async Task Warns_of_a_runner_of_another_role_that_shows_nothing_of_itself()
    {
        await Database.ExecuteAsync(UserTable, Token);
        var target = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT CREATE ON DATABASE \"{Database.Target.Database}\" TO {target.Username}; "
                + $"ALTER TABLE \"user\" OWNER TO {target.Username}",
            Token);
        await using var runner = await Database.Connector.OpenAsync("migrate", Token);
        await runner.ExecuteAsync($"SELECT pg_advisory_lock({MigrationLock.Key})", Token);

        var report = await new PreflightRunner(Request(target)).RunAsync(Token);

        Assert.Contains(
            $"Another runner holds the migration lock: pid {runner.ProcessID}, belay migrate, role {Database.Target.Username}",
            report.Findings.Select(finding => finding.Message));
    }

    [Fact]
    public async Task Says_what_an_ordinary_role_cannot_see()
    {
        var target = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT CREATE ON DATABASE {target.Database} TO {target.Username}; {UserTable}; ALTER TABLE \"user\" OWNER TO "
                + $"{target.Username}",
            Token);
        await using var other = await OpenAsync("shop");

        var report = await new PreflightRunner(Request(target)).RunAsync(Token);

        Assert.Contains(
            new Finding(
                FindingSeverity.Information,
                "What 1 other session may be doing is hidden from this role",
                "GRANT pg_read_all_stats to it to see old transactions"),
            report.Findings);
    }

    [Fact]
    public async Task Does_not_miss_a_table_that_an_earlier_pending_migration_makes()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "0001_a.sql"), "CREATE TABLE made (a int);", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "0002_b.sql"), "ALTER TABLE made ADD b int;", Token);

        var report = await new PreflightRunner(
            Request(Database.Target) with { Migrations = new MigrationSettings { Folder = folder } }).RunAsync(Token);

        Assert.Equal(2, report.Pending.Count);
        Assert.Null(report.PendingObjects);
    }

    [Fact]
    public async Task Says_the_layout_that_it_recognised_counts_repeatable_migrations_and_warns_of_what_is_left_out()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "1_a.up.sql"), "CREATE TABLE made (a int);", Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "2_b.up.go"), "package migrations", Token);
        var report = await new PreflightRunner(
            Request(Database.Target) with { Migrations = new MigrationSettings { Folder = folder } }).RunAsync(Token);
        Assert.Contains(
            new Finding(FindingSeverity.Information, "The migrations are in the layout of golang-migrate, as 1_a.up.sql shows"),
            report.Findings);
        Assert.Contains(
            new Finding(FindingSeverity.Warning, "1 migration written in Go cannot run here and is left out: 2_b.up.go"), report.Findings);

        File.Delete(Path.Combine(folder, "1_a.up.sql"));
        await File.WriteAllTextAsync(Path.Combine(folder, "R__a.sql"), "CREATE OR REPLACE VIEW made AS SELECT 1;", Token);
        report = await new PreflightRunner(
            Request(Database.Target) with { Migrations = new MigrationSettings { Folder = folder } }).RunAsync(Token);
        Assert.Equal(["R__a.sql"], report.Pending.Select(migration => migration.FileName));
    }

    private static PreflightRequest Request(DatabaseTarget target) => new()
    {
        Target = target,
        Store = null,
        Rehearses = true,
        Migrations = new MigrationSettings { Folder = Path.Combine(TestFolder.Checkout, "migrations"), TargetVersion = 1 },
    };

    private static async Task<IReadOnlyList<Finding>> RefusalsAsync(PreflightRequest request)
    {
        var exception = await Assert.ThrowsAsync<PreflightException>(() => new PreflightRunner(request).RunAsync(Token));
        Assert.Equal(ExitCodes.PreflightRefused, exception.ExitCode);
        return [.. exception.Findings.Where(finding => finding.Severity == FindingSeverity.Refusal)];
    }

    private static async Task<int> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        do
        {
            while (await reader.ReadAsync(Token))
            {
                if (await reader.GetFieldValueAsync<object>(0, Token) is int pid)
                {
                    return pid;
                }
            }
        }
        while (await reader.NextResultAsync(Token));

        throw new InvalidOperationException("No number came back.");
    }

    private async Task<NpgsqlConnection> OpenAsync(string applicationName)
    {
        var settings = ConnectionSettings.From(Database.Target);
        settings.ApplicationName = applicationName;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }
}
