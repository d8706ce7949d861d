using Belay.Adoption;
using Belay.Backups;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Recovery;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Postgres;

/// <summary>Settings that ALTER ROLE or ALTER DATABASE gave to the sessions of a database that somebody else set up.</summary>
public sealed class StrangeSessionTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private DatabaseTarget target = null!;
    private MigrationBench bench = null!;

    protected override async Task PrepareAsync()
    {
        target = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"ALTER DATABASE {target.Database} OWNER TO {target.Username}; GRANT CREATE ON SCHEMA public TO {target.Username}; "
            + $"CREATE TABLE public.t (id integer PRIMARY KEY, d date); ALTER TABLE public.t OWNER TO {target.Username}; INSERT INTO "
            + "public.t VALUES (1, '2024-01-31')",
            Token);
        bench = new MigrationBench(target);
        bench.Write(
            "0001_a.sql",
            "ALTER TABLE public.t ADD a text NOT NULL DEFAULT 'C:\\new';\nSELECT pg_catalog.pg_sleep(2.5);\nINSERT INTO public.t (id, d) "
                + "VALUES (2, '2024-02-01');\n");
        bench.Write("0001_a.verify.sql", "-- check: rows\n-- expect:\n--   2 | 6\nSELECT count(*), min(length(a)) FROM public.t;\n");
        bench.Write("0001_a.rollback.sql", "ALTER TABLE public.t DROP a;\nDELETE FROM public.t WHERE id = 2;\n");
        bench.Write("0002_b.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY b ON public.t (d);\n");
        bench.Write("0002_b.rollback.sql", "DROP INDEX CONCURRENTLY public.b;\n");
    }

    public override async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await Database.ExecuteAsync(
            $"BEGIN READ WRITE; ALTER DATABASE {target.Database} OWNER TO CURRENT_USER; DROP OWNED BY {target.Username} CASCADE; COMMIT",
            CancellationToken.None);
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(
        "ROLE",
        "DateStyle = 'German, DMY'",
        "IntervalStyle = sql_standard",
        "TimeZone = 'Asia/Kathmandu'",
        "bytea_output = escape",
        "extra_float_digits = '-15'",
        "quote_all_identifiers = on")]
    [InlineData(
        "DATABASE",
        "statement_timeout = '2s'",
        "lock_timeout = '1ms'",
        "idle_in_transaction_session_timeout = '2s'",
        "idle_session_timeout = '2s'")]
    [InlineData(
        "ROLE",
        "search_path = ''",
        "standard_conforming_strings = off",
        "client_encoding = LATIN1",
        "transform_null_equals = on",
        "array_nulls = off")]
    [InlineData(
        "DATABASE",
        "default_transaction_isolation = serializable",
        "default_transaction_deferrable = on",
        "row_security = off",
        "synchronous_commit = off")]
    [InlineData("ROLE", "session_replication_role = replica", "check_function_bodies = off", "client_min_messages = debug5")]
    [InlineData("ROLE", "search_path = nowhere, belay", "client_min_messages = error", "plpgsql.extra_errors = 'all'")]
    public async Task Backup_migration_rollback_and_baseline_do_what_they_do_without_them(string kind, params string[] settings)
    {
        await SetAsync(kind, settings);
        await RunAllAsync();
    }

    [Fact]
    public async Task A_database_that_is_read_only_by_default_is_refused_before_anything_runs()
    {
        await SetAsync("DATABASE", "default_transaction_read_only = on");

        var refused = await Assert.ThrowsAsync<PreflightException>(PreflightAsync);

        Assert.Equal(
            (
                $"Transactions of \"{target.Username}\" on {target.DisplayName} are read-only (default_transaction_read_only is on)",
                ReleaseWork.Migration),
            Assert.Single(
                refused.Findings.Where(finding => finding.Severity == FindingSeverity.Refusal)
                    .Select(finding => (finding.Message, finding.Stops))));
        var failure = await bench.FailAsync();
        Assert.Equal(
            [bench.PathOf("0001_a.sql") + ":1:1: ERROR: cannot execute ALTER TABLE in a read-only transaction (SQLSTATE 25006)"],
            [failure.Message.Split('\n')[0]]);
        Assert.Equal(
            ["public.t"],
            await ReadAsync(
                "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"));
    }

    private Task SetAsync(string kind, params string[] settings) => Database.ExecuteAsync(
        string.Join(';', settings.Select(setting => $"ALTER {kind} {(kind == "ROLE" ? target.Username : target.Database)} SET {setting}")),
        Token);

    private Task<PreflightReport> PreflightAsync()
        => new PreflightRunner(new PreflightRequest { Target = target, Store = null, Migrations = bench.Settings }).RunAsync(Token);

    private async Task RunAllAsync()
    {
        Assert.Equal(2, (await PreflightAsync()).Pending.Count);
        await BackUpAsync();
        Assert.Equal(["a", "b"], (await bench.RunAsync()).Applied.Select(migration => migration.Name));
        Assert.Empty((await bench.RunAsync()).Applied);
        Assert.Equal(
            ["1|2024-01-31|C:\\new", "2|2024-02-01|C:\\new"],
            await ReadAsync("SELECT format('%s|%s|%s', id, to_char(d, 'YYYY-MM-DD'), a) FROM public.t ORDER BY id"));
        await RollBackAsync();
        await RollBackAsync();
        Assert.Equal(["1"], await ReadAsync("SELECT id FROM public.t"));
        await new BaselineRunner(new DatabaseConnector(target), bench.Settings, bench.Output, TimeProvider.System).RunAsync(
            new BaselineRequest { Version = 2, Reason = "tried", Files = MigrationFolder.Read(bench.Settings.Folder) }, Token);
        Assert.Equal(["1", "2"], await ReadAsync("SELECT version FROM belay.migration ORDER BY 1"));
    }

    private Task<IReadOnlyList<string>> ReadAsync(string sql) => new MigrationBench(Database.Target, bench.Settings).QueryAsync(sql);

    private async Task RollBackAsync()
    {
        var runner = new RollbackRunner(new DatabaseConnector(target), bench.Settings, bench.Output, TimeProvider.System);
        await runner.RunAsync(await bench.ProveAsync(), await bench.PreviewRollbackAsync(), Token);
    }

    private async Task BackUpAsync()
    {
        var folder = TestFolder.New("strange");
        var store = StoreFactory.Open(StoreUrl.Parse(new Uri(folder).AbsoluteUri, new StoreOptions()));
        var manifest = await new BackupRunner(store, Postgres.Tools, bench.Output, TimeProvider.System).RunAsync(
            new BackupRequest { Database = target, Settings = new BackupSettings() }, Token);
        await new BackupProver(store, Postgres.Tools, bench.Output, TimeProvider.System).ProveAsync(manifest, ProofLevel.Readback, Token);
        Directory.Delete(folder, recursive: true);
    }
}
