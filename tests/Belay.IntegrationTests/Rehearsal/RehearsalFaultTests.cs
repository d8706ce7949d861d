using Belay.Backups;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Rehearsal;
using Belay.Settings;

namespace Belay.IntegrationTests.Rehearsal;

/// <summary>What a stranger's database holds, and what goes wrong where it is rehearsed: nothing of the copy stays.</summary>
public sealed class RehearsalFaultTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Everything = """
        CREATE SCHEMA "Quoted's schema";
        CREATE EXTENSION pg_trgm;
        CREATE TABLE "Quoted's schema".item (id int PRIMARY KEY, body text, twice int GENERATED ALWAYS AS (id * 2) STORED);
        INSERT INTO "Quoted's schema".item SELECT i, 'body ' || i FROM generate_series(1, 500) i;
        CREATE INDEX item_body ON "Quoted's schema".item USING gin (body gin_trgm_ops);
        CREATE TABLE part (id int, at date) PARTITION BY RANGE (at);
        CREATE TABLE part_2025 PARTITION OF part FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        INSERT INTO part SELECT i, '2025-06-01' FROM generate_series(1, 300) i;
        CREATE MATERIALIZED VIEW filled AS SELECT count(*) AS rows FROM part;
        CREATE MATERIALIZED VIEW empty AS SELECT 1 / (count(*) - count(*)) AS x FROM part WITH NO DATA;
        ALTER TABLE part ENABLE ROW LEVEL SECURITY;
        ALTER TABLE part FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON part USING (id > 100);
        CREATE PUBLICATION everything FOR TABLE part;
        SELECT lo_from_bytea(0, 'a large object');
        """;

    private BackupBench backups = null!;

    protected override Task PrepareAsync()
    {
        backups = new BackupBench(Postgres.Tools);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        backups.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task What_a_database_may_hold_is_on_the_copy_for_a_role_that_is_no_superuser()
    {
        await Database.ExecuteAsync(Everything, Token);
        var owner = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"""
            ALTER TABLE part OWNER TO {owner.Username};
            ALTER TABLE "Quoted's schema".item OWNER TO {owner.Username};
            GRANT ALL ON SCHEMA "Quoted's schema", public TO {owner.Username};
            """,
            Token);
        Bench.Write("1_all.sql", """
            ALTER TABLE "Quoted's schema".item ADD COLUMN more int NOT NULL DEFAULT 7;
            ALTER TABLE part ADD COLUMN more int;
            CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            REFRESH MATERIALIZED VIEW filled;
            """);
        Bench.Write("1_all.verify.sql", """
            -- check: nothing is missing
            -- expect:
            --   500 | 998 | 1 | 2
            SELECT (SELECT count(*) FROM "Quoted's schema".item), (SELECT twice FROM "Quoted's schema".item WHERE id = 499),
                   (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_publication_tables);
            """);
        Bench.Write("1_all.rollback.sql", """
            DROP TABLE part_2026;
            ALTER TABLE part DROP COLUMN more;
            ALTER TABLE "Quoted's schema".item DROP COLUMN more;
            """);

        var report = await RehearseAsync(owner);

        Assert.Equal(1, report.Checks);
        Assert.Contains("after the rollbacks the schema is as before the migrations", report.Rollbacks);
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task An_event_trigger_of_the_database_fires_on_the_copy()
    {
        await Database.ExecuteAsync(
            """
            CREATE TABLE kept (id int);
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'nobody drops tables here'; END $$;
            CREATE EVENT TRIGGER guard ON sql_drop EXECUTE FUNCTION refuse();
            """,
            Token);
        Bench.Write("1_drop.sql", "DROP TABLE kept;");

        var refusal = await Assert.ThrowsAsync<RehearsalException>(() => RehearseAsync(Database.Target));

        Assert.Contains("1_drop.sql:1:1: ERROR: nobody drops tables here", refusal.Message, StringComparison.Ordinal);
        await AssertNothingStaysAsync();
        await Database.ExecuteAsync("DROP EVENT TRIGGER guard", Token);
    }

    [Theory]
    [InlineData("euc_jp", "ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'")]
    [InlineData("icu", "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LC_COLLATE 'C' LC_CTYPE 'C'")]
    public async Task The_copy_has_encoding_and_locale_of_the_database(string name, string options)
    {
        Assert.SkipWhen(Postgres.Tools.Major < 15, "A database's ICU locale came with PostgreSQL 15.");
        await using var other = await TestDatabase.CreateAsync(Postgres.Server, $"test of {name}", Token, options);
        await other.ExecuteAsync("CREATE TABLE item AS SELECT '日本語'::text AS body", Token);
        Bench.Write("1_a.sql", """
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND (pg_encoding_to_char(encoding) = 'EUC_JP' OR datlocprovider = 'i'))
                THEN RAISE 'not alike'; END IF;
            END $$;
            UPDATE item SET body = body || '語';
            """);
        Bench.Write("1_a.verify.sql", "-- check: text\n-- expect:\n--   日本語語\nSELECT body FROM item;\n");

        Assert.Equal(1, (await RehearseAsync(other.Target)).Checks);
        Assert.Equal("日本語", await other.ScalarAsync("SELECT body FROM item", Token));
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task A_disk_that_the_migrations_fill_refuses_them_and_keeps_the_backup_s_proof()
    {
        await Database.ExecuteAsync("CREATE TABLE item (body text)", Token);
        Bench.Write("1_much.sql", "INSERT INTO item SELECT repeat(md5(i::text), 60) FROM generate_series(1, 300000) i;");
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        Directory.CreateDirectory(backups.ScratchFolder);
        await using (await Mount.TemporaryAsync(backups.ScratchFolder, "200m", Token))
        {
            var refusal = await Assert.ThrowsAsync<RehearsalException>(
                () => Runner.RunAsync(manifest, Database.Target, Files, Token));

            Assert.StartsWith(
                $"The rehearsal failed on a copy restored from backup {manifest.Id}; the database itself was not touched.\n",
                refusal.Message,
                StringComparison.Ordinal);
            await AssertNothingStaysAsync();
        }

        Assert.Equal(ProofLevel.Restored, (await backups.ReadAsync(manifest)).ProofLevel);
        Assert.Equal(0L, await Database.ScalarAsync("SELECT count(*) FROM item", Token));
    }

    [Theory]
    [InlineData("script")]
    [InlineData("rollback")]
    [InlineData("server")]
    public async Task A_rehearsal_that_is_cancelled_leaves_nothing(string stage)
    {
        const string Asleep = "DO $$ BEGIN RAISE NOTICE 'asleep'; PERFORM pg_sleep(600); END $$;";
        Bench.Write("1_a.sql", stage == "script" ? Asleep : "SELECT 1;");
        Bench.Write("1_a.rollback.sql", stage == "rollback" ? Asleep : "SELECT 1;");
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        using var cancellation = new CancellationTokenSource();

        var running = Runner.RunAsync(manifest, Database.Target, Files, cancellation.Token);
        await MigrationBench.WaitForAsync(
            () => stage == "server"
                ? Directory.Exists(backups.ScratchFolder) && Directory.EnumerateDirectories(backups.ScratchFolder).Any()
                : backups.Output.Lines.Any(line => line.EndsWith("NOTICE:  asleep", StringComparison.Ordinal)),
            stage);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await AssertNothingStaysAsync();
        Assert.Equal(true, await Database.ScalarAsync("SELECT to_regclass('belay.migration') IS NULL", Token));
    }

    private IReadOnlyList<Sql.Migration> Files => MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout);

    private RehearsalRunner Runner => new(backups.Store, Postgres.Tools, backups.Output, TimeProvider.System)
    {
        ScratchFolder = backups.ScratchFolder,
        Settings = Bench.Settings,
    };

    private async Task<RehearsalReport> RehearseAsync(DatabaseTarget release)
    {
        var superuser = release with { Username = Database.Target.Username, Password = Database.Target.Password };
        var manifest = await backups.TakeAsync(superuser, new BackupSettings());
        return (await Runner.RunAsync(manifest, release, Files, Token)).Report;
    }

    /// <summary>What initdb had just started when it was killed ends when it finds nobody at the other end of its pipe.</summary>
    private Task AssertNothingStaysAsync()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(backups.ScratchFolder));
        var place = RealPath.Of(backups.ScratchFolder);
        return MigrationBench.WaitForAsync(
            () => !ProcessFolder.Ids().Any(
                id => ProcessFolder.Link(id, "cwd")?.StartsWith(place, StringComparison.Ordinal) == true),
            "no process works in the scratch folder");
    }
}
