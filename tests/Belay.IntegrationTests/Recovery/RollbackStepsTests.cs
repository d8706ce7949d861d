using Belay.Gate;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Schema;
using Belay.Settings;

namespace Belay.IntegrationTests.Recovery;

public sealed class RollbackStepsTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private DriftPolicy Drift { get; set; }

    private RollbackRunner Runner => new(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System)
    {
        Drift = Drift,
        Watch = new SchemaWatch(Database.Connector, Bench.Output),
    };

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5)", Token);

    [Fact]
    public async Task Takes_back_all_above_the_version_newest_first_and_the_history_keeps_what_was_taken_back()
    {
        WriteFour();
        await Bench.RunAsync();

        await RunAsync("1");

        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["a", "id"], await ColumnsAsync());
        Assert.Equal(
            [
                "0004_d|20251012T103000Z-aa|20251012T103000Z-aa|ALTER TABLE t DROP d;",
                "0003_c|20251012T103000Z-aa|20251012T103000Z-aa|ALTER TABLE t DROP c;",
                "0002_b|20251012T103000Z-aa|20251012T103000Z-aa|ALTER TABLE t DROP b;",
            ],
            await Bench.QueryAsync(
                "SELECT concat_ws('|', to_char(version, 'FM0000') || '_' || name, backup_id, rollback_backup_id, rollback_script) "
                    + "FROM belay.rollback ORDER BY rolled_back_at"));
        await Bench.RunAsync();
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Says_where_the_database_stands_when_the_third_of_four_fails()
    {
        WriteFour();
        var path = Bench.Write("2_b.rollback.sql", "ALTER TABLE t DROP b;\nSELECT missing FROM t;");
        await Bench.RunAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => RunAsync("0"));

        Assert.Equal(ExitCodes.RecoveryFailed, failure.ExitCode);
        Assert.Equal(
            $"{path}:2:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\nRolled back: "
                + "what this script did. Taken back before it, and not applied any more: 0004_d, 0003_c. The newest applied migration "
                + "is 0002_b.",
            failure.Message);
        Assert.Equal(
            $"correct 2_b.rollback.sql or the database, then ./build.sh Rollback --to 0 --confirm {Database.Target.Database}",
            failure.Hint);
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
        Assert.Equal(["a", "b", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Says_the_same_of_a_script_outside_a_transaction()
    {
        WriteFour();
        var path = Bench.Write(
            "3_c.rollback.sql", "-- belay: no-transaction\nALTER TABLE t DROP c;\nSELECT missing FROM t;");
        await Bench.RunAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => RunAsync("0"));

        Assert.Equal(
            $"{path}:3:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\n"
                + "Stopped part-way, outside a transaction: 1 of 2 statements ran.\n  line 2: ALTER TABLE ran\n  line 3: SELECT MISSING "
                + "failed\nTaken back before it, and not applied any more: 0004_d. The newest applied migration is 0003_c.",
            failure.Message);
        Assert.Contains(
            $"./build.sh Rollback --to 0 --confirm {Database.Target.Database} goes on with it", failure.Hint, StringComparison.Ordinal);

        Bench.Write("3_c.rollback.sql", "-- belay: no-transaction\nALTER TABLE t DROP c;\nSELECT id FROM t;");
        await RunAsync("0");
        Assert.Empty(await Bench.AppliedAsync());
        Assert.Equal(["id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Refuses_before_anything_is_touched_when_a_migration_on_the_way_has_no_script()
    {
        WriteFour();
        File.Delete(Bench.PathOf("2_b.rollback.sql"));
        var empty = Bench.Write("3_c.rollback.sql", "-- nothing\n");
        await Bench.RunAsync();

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunAsync("1"));

        Assert.Equal(
            $"Migration 0003_c has no rollback script: there is no statement in {empty}. Nothing was touched\nMigration 0002_b has no "
                + $"rollback script in {Bench.Settings.Folder}",
            refusal.Message);
        Assert.Equal(
            "write what takes 0003_c back into 3_c.rollback.sql, write 2_b.rollback.sql, or go back to a backup: ./build.sh Restore "
                + "--backup 20251012T103000Z-aa --dry-run shows what that would lose",
            refusal.Hint);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Has_nothing_to_do_when_the_version_is_the_newest()
    {
        WriteFour();
        await Bench.RunAsync();

        var preview = await PreviewAsync("4");

        Assert.Equal(("nothing", "the newest applied migration is 0004_d"), (preview.Name, preview.Standing));
    }

    [Fact]
    public async Task Tries_all_scripts_in_one_transaction_of_which_nothing_stays()
    {
        WriteFour();
        Bench.Write("3_c.sql", "CREATE TABLE child (id integer REFERENCES t DEFERRABLE INITIALLY DEFERRED);");
        Bench.Write("4_d.rollback.sql", "BEGIN;\nALTER TABLE t DROP d; INSERT INTO child VALUES (1);\nCOMMIT;");
        Bench.Write("3_c.rollback.sql", "DROP TABLE child;");
        await Bench.RunAsync();

        await Runner.TryAsync(await PreviewAsync("0"), Token);

        Assert.Equal(
            ["0004_d", "0003_c", "0002_b", "0001_a"],
            Bench.Output.Lines.Where(line => line.Contains(" would be rolled back", StringComparison.Ordinal))
                .Select(line => line.Trim().Split(' ')[0]));
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
        Assert.Equal(["NULL"], await Bench.QueryAsync("SELECT to_regclass('belay.rollback')"));
        Bench.Write("1_a.rollback.sql", "ALTER TABLE t DROP a, DROP missing;");
        var failure = await Assert.ThrowsAsync<RecoveryException>(async () => await Runner.TryAsync(await PreviewAsync("0"), Token));
        Assert.EndsWith("\nRolled back: database as before the rollback.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("correct 1_a.rollback.sql or the database, then ./build.sh Rollback --to 0 --dry-run", failure.Hint);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Tries_nothing_that_comes_after_a_script_outside_a_transaction()
    {
        WriteFour();
        Bench.Write("3_c.rollback.sql", "-- belay: no-transaction\nALTER TABLE t DROP c;");
        await Bench.RunAsync();

        await Runner.TryAsync(await PreviewAsync("1"), Token);

        Assert.Equal(
            [
                "      0004_d would be rolled back; the history has no schema from before it to compare with",
                "3_c.rollback.sql runs outside a transaction and is not tried. It would send, one at a time:",
                "  line 2: ALTER TABLE",
            ],
            Bench.Output.Lines.SkipWhile(line => line.Contains(" applied in ", StringComparison.Ordinal)).Take(3));
        Assert.Equal(
            ["2_b.rollback.sql is not tried: it comes after 3_c.rollback.sql, and what that one does is not there"], Bench.Output.Warnings);
    }

    [Fact]
    public async Task Finds_the_schema_as_the_history_has_it_from_before_each_migration()
    {
        await ReleaseOneByOneAsync();

        await RunAsync("1");

        Assert.Equal(
            [
                "      0004_d rolled back; the schema is as it was before it",
                "      0003_c rolled back; the schema is as it was before it",
                "      0002_b rolled back; the schema is as it was before it",
            ],
            Bench.Output.Lines.Where(line => line.Contains(" rolled back", StringComparison.Ordinal)));
        Assert.Empty(Bench.Output.Warnings);
    }

    [Fact]
    public async Task Warns_of_a_script_that_leaves_something_or_is_rolled_back_where_that_is_to_be_refused()
    {
        await ReleaseOneByOneAsync();
        Bench.Write("3_c.rollback.sql", "ALTER TABLE t RENAME c TO left_behind;");
        Drift = DriftPolicy.Refuse;

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => RunAsync("2"));

        Assert.Matches(
            "^After 3_c.rollback.sql the schema is not as it was before 0003_c, recorded on .* UTC \\(release behind backup "
                + "20251012T103000Z-aa\\):\n  1 line added, 0 removed\n  \\+ column public.t.left_behind integer\nRolled back: what this "
                + "script did. Taken back before it, and not applied any more: 0004_d. The newest applied migration is 0003_c.$",
            failure.Message);
        Assert.Equal(["a", "b", "c", "id"], await ColumnsAsync());
        Drift = DriftPolicy.Warn;
        await RunAsync("2");
        Assert.EndsWith("\n  + column public.t.left_behind integer", Assert.Single(Bench.Output.Warnings), StringComparison.Ordinal);
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Says_where_it_stands_when_it_is_cancelled_between_two_scripts()
    {
        WriteFour();
        Bench.Write("3_c.rollback.sql", "SELECT pg_sleep(600);");
        await Bench.RunAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var run = RunAsync("0", cancellation.Token);
        await Bench.SessionAsync("migrate", "query LIKE 'SELECT pg_sleep(600)%' AND state = 'active'");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(
            [
                "Cancelled in the rollback of 0003_c. Taken back before it, and not applied any more: 0004_d. The newest applied migration "
                    + "is 0003_c.",
            ],
            Bench.Output.Warnings);
        Assert.Equal(["1", "2", "3"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Takes_back_what_stands_in_the_files_of_another_tool()
    {
        foreach (var (version, column) in new[] { (1, "a"), (2, "b"), (3, "c") })
        {
            Bench.Write(
                $"{version}_{column}.sql",
                $"-- migrate:up\nALTER TABLE t ADD {column} integer;\n-- migrate:down\nALTER TABLE t DROP {column};\n");
        }

        await Bench.RunAsync();
        await RunAsync("1");

        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task A_rollback_that_was_killed_between_two_scripts_leaves_no_older_backup_that_opens_the_gate()
    {
        WriteFour();
        await Bench.RunAsync();
        var proof = await Bench.ProveAsync();
        await Runner.RunAsync(proof, await PreviewAsync("3"), Token);
        await Database.ExecuteAsync("DROP TABLE belay.fingerprint", Token);

        await using var connection = await Database.Connector.OpenAsync("test", Token);
        var target = await GateTargetReader.ReadAsync(connection, Token);

        var refusal = Assert.Throws<GateException>(() => proof.DemandFits(target));
        Assert.Contains("the last rollback", refusal.Message, StringComparison.Ordinal);
    }

    private void WriteFour()
    {
        foreach (var (version, column) in new[] { (1, "a"), (2, "b"), (3, "c"), (4, "d") })
        {
            Bench.Write($"{version}_{column}.sql", $"ALTER TABLE t ADD {column} integer;");
            Bench.Write($"{version}_{column}.rollback.sql", $"ALTER TABLE t DROP {column};");
        }
    }

    private async Task ReleaseOneByOneAsync()
    {
        WriteFour();
        for (var version = 1; version <= 4; version++)
        {
            Bench.Settings = Bench.Settings with { TargetVersion = version };
            await new MigrationRunner(Database.Connector, Bench.Settings, new TestOutput(), TimeProvider.System)
            {
                Watch = new SchemaWatch(Database.Connector, new TestOutput()),
            }.RunAsync(await Bench.ProveAsync(), MigrationFolder.Read(Bench.Settings.Folder), Token);
        }
    }

    private Task<RollbackPreview> PreviewAsync(string to) => new RollbackReader(Database.Connector, Bench.Settings)
        .ReadAsync(MigrationFolder.Read(Bench.Settings.Folder), RollbackGoal.Read(to), Token);

    private async Task RunAsync(string to, CancellationToken? cancellationToken = null)
        => await Runner.RunAsync(await Bench.ProveAsync(), await PreviewAsync(to), cancellationToken ?? Token);

    private Task<IReadOnlyList<string>> ColumnsAsync()
        => Bench.QueryAsync("SELECT column_name FROM information_schema.columns WHERE table_name = 't' ORDER BY 1");
}
