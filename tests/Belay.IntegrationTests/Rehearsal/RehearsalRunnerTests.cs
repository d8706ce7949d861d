using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Rehearsal;

namespace Belay.IntegrationTests.Rehearsal;

public sealed class RehearsalRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private BackupBench backups = null!;

    private RehearsalRunner Runner => RunnerOf(null);

    private RehearsalRunner RunnerOf(DatabaseDefinition? live) => new(backups.Store, Postgres.Tools, backups.Output, TimeProvider.System)
    {
        Live = live,
        ScratchFolder = backups.ScratchFolder,
        Settings = Bench.Settings,
    };

    protected override async Task PrepareAsync()
    {
        backups = new BackupBench(Postgres.Tools);
        await Database.ExecuteAsync(
            "CREATE TABLE item (id int, body text); INSERT INTO item SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i; "
                + $"ALTER DATABASE {Database.Target.Database} SET app.tenant = 'one'",
            Token);
    }

    public override async ValueTask DisposeAsync()
    {
        backups.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Says_of_each_statement_what_it_locks_rewrites_reads_and_writes()
    {
        Bench.Write("1_a.sql", """
            SET LOCAL work_mem = '8MB';
            ALTER TABLE item ALTER id TYPE bigint;
            ALTER TABLE item ADD CONSTRAINT positive CHECK (id > 0);
            CREATE TABLE other ();
            ALTER TABLE other ADD x int;
            """);
        Bench.Write("1_a.verify.sql", "-- check: rows\n-- expect:\n--   20000\nSELECT count(*) FROM item;\n");
        Bench.Write("1_a.rollback.sql", "ALTER TABLE item DROP CONSTRAINT positive, ALTER id TYPE int;\nDROP TABLE other;\n");
        Bench.Write("2_b.sql", """
            -- belay: no-transaction
            CREATE INDEX CONCURRENTLY item_id ON item (id);
            UPDATE item SET body = 'y' WHERE id <= 1000;
            """);
        Bench.Write("2_b.rollback.sql", "DROP INDEX item_id;\nUPDATE item SET body = repeat('x', 100) WHERE id <= 1000;\n");

        var report = await RehearseAsync();
        Assert.InRange(report.Statements[0].Disk, 2_000_000, 6_000_000);
        var index = report.Statements.Single(one => one is { File: "2_b.sql", Line: 2 });
        Assert.InRange(index.Disk, 300_000, 1_000_000);

        Assert.Equal(["0001_a", "0002_b"], report.Migrations);
        Assert.Equal(
            [
                "1_a.sql:2 ALTER TABLE",
                "1_a.sql:3 ALTER TABLE",
                "1_a.sql:4 CREATE TABLE",
                "1_a.sql:5 ALTER TABLE",
                "2_b.sql:2 CREATE INDEX CONCURRENTLY",
                "2_b.sql:3 UPDATE ITEM",
            ],
            report.Statements.Select(statement => statement.Place));
        var (type, check, update) = (report.Statements[0], report.Statements[1], report.Statements[5]);
        var held = Assert.Single(type.Locks);
        Assert.Equal(("public.item", "AccessExclusiveLock"), (held.Relation, held.Mode));
        Assert.True(held.Held > type.Duration, "the lock is held to the end of the transaction");
        Assert.Equal("public.item", Assert.Single(type.Rewrites).Relation);
        Assert.True(type.Wal > 1_000_000, $"{type.Wal}");
        Assert.Equal(20000, check.RowsScanned);
        Assert.Empty(check.Rewrites);
        Assert.All(report.Statements.Skip(1), statement => Assert.Empty(statement.Locks));
        Assert.True(update.Wal > 100_000, $"{update.Wal}");
        Assert.Equal(1, report.Checks);
        Assert.Equal(
            [
                "2_b.sql: its rollback script runs",
                "1_a.sql: its rollback script runs",
                "after the rollbacks the schema is as before the migrations",
                "after the rollbacks the migrations run again",
            ],
            report.Rollbacks);
    }

    [Fact]
    public async Task Names_an_index_that_the_migrations_leave_invalid()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE part (id int) PARTITION BY RANGE (id); CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (9); "
                + "CREATE INDEX older ON ONLY part (id)",
            Token);
        Bench.Write("1_a.sql", "CREATE INDEX part_id ON ONLY part (id);\nCREATE INDEX item_id ON item (id);\n");

        var report = await RehearseAsync();

        Assert.Equal(
            [
                "The migrations leave an index that is not valid: index public.part_id CREATE INDEX part_id ON ONLY public.part "
                    + "USING btree (id) INVALID",
                "1_a.sql: no rollback script, so from there the way back is a restore",
            ],
            report.Lines.TakeLast(2));
    }

    [Fact]
    public async Task Touches_nothing_but_the_copy_and_raises_the_backup_s_proof()
    {
        Bench.Write("1_a.sql", """
            DO $$ BEGIN IF current_setting('app.tenant') <> 'one' OR current_database() !~ '^test' THEN RAISE 'not alike'; END IF; END $$;
            TRUNCATE item;
            """);
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());

        var refusal = await Assert.ThrowsAsync<RehearsalException>(() => Runner.RunAsync(manifest, Database.Target, Files, Token));
        Assert.Contains("unrecognized configuration parameter \"app.tenant\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"      copy: Warning: Not restored: ALTER DATABASE \"{Database.Target.Database}\" SET \"app\".\"tenant\": the value stands in "
                + "the dump alone (Hint: set it by hand)",
            backups.Output.Lines);
        var live = await Database.Connector.ReadAsync("test", connection => DefinitionReader.ReadAsync(connection, Token), Token);
        var (report, proven) = await RunnerOf(live).RunAsync(manifest, Database.Target, Files, Token);

        Assert.Equal(ProofLevel.Restored, proven.ProofLevel);
        Assert.Equal(ProofLevel.Restored, (await backups.ReadAsync(manifest)).ProofLevel);
        Assert.Equal(["1_a.sql: no rollback script, so from there the way back is a restore"], report.Rollbacks);
        Assert.Empty(report.Statements[^1].Rewrites);
        Assert.Equal(20000L, await Database.ScalarAsync("SELECT count(*) FROM item", Token));
        Assert.Equal(true, await Database.ScalarAsync("SELECT to_regclass('belay.migration') IS NULL", Token));
        Assert.Empty(Directory.EnumerateDirectories(backups.ScratchFolder));
    }

    [Theory]
    [InlineData("ALTER TABLE gone ADD x int;", "", "", "relation \"gone\" does not exist")]
    [InlineData("ALTER TABLE item ADD x int;", "-- check: rows\n-- expect:\n--   1\nSELECT count(*) FROM item;\n", "", "its checks failed")]
    [InlineData("ALTER TABLE item ADD x int;", "", "ALTER TABLE item DROP y;", "column \"y\" of relation \"item\" does not exist")]
    [InlineData("ALTER TABLE item ADD x int, ADD y int;", "", "ALTER TABLE item DROP y;", "1 line added, 0 removed")]
    public async Task What_fails_on_the_copy_is_a_refusal_that_names_it(string script, string check, string rollback, string expected)
    {
        Bench.Write("1_a.sql", script);
        if (check.Length > 0)
        {
            Bench.Write("1_a.verify.sql", check);
        }

        if (rollback.Length > 0)
        {
            Bench.Write("1_a.rollback.sql", rollback);
        }

        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        var refusal = await Assert.ThrowsAsync<RehearsalException>(() => Runner.RunAsync(manifest, Database.Target, Files, Token));

        Assert.StartsWith(
            $"The rehearsal failed on a copy restored from backup {manifest.Id}; the database itself was not touched.\n",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.RehearsalRefused, refusal.ExitCode);
        Assert.Equal(ProofLevel.Restored, (await backups.ReadAsync(manifest)).ProofLevel);
        Assert.Empty(Directory.EnumerateDirectories(backups.ScratchFolder));
    }

    private IReadOnlyList<Sql.Migration> Files => MigrationFolder.Read(Bench.Settings.Folder, Bench.Settings.Layout);

    private async Task<RehearsalReport> RehearseAsync()
    {
        var manifest = await backups.TakeAsync(Database.Target, new BackupSettings());
        return (await Runner.RunAsync(manifest, Database.Target, Files, Token)).Report;
    }
}
