using Belay.Gate;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Settings;
using Belay.Sql;

namespace Belay.IntegrationTests.Recovery;

public sealed class RollbackRunnerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private MigrationBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RollbackRunner Runner => new(database.Connector, bench.Settings, bench.Output, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        bench = new MigrationBench(database.Target);
        await database.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5)", Token);
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Counts_values_of_their_own_in_each_column_and_takes_no_number_from_a_sequence()
    {
        bench.Write("1_a.sql", "ALTER TABLE t ADD a integer NOT NULL DEFAULT 5, ADD \"B\" text, ADD c serial;");
        bench.Write("1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a, DROP COLUMN \"B\", DROP c, DROP COLUMN IF EXISTS d;\nCOMMIT;");
        await bench.RunAsync();
        await database.ExecuteAsync("UPDATE t SET a = 6 WHERE id < 3; UPDATE t SET \"B\" = 'x' WHERE id = 1", Token);

        var preview = await PreviewAsync();

        Assert.Equal(
            [
                "  t.a: 2 of 5 rows with another value than the default",
                "  t.\"B\": 1 of 5 rows with another value than the default",
                "  t.c: not counted",
                "  t.d: not counted",
            ],
            preview.Lines.Skip(3));
        Assert.Equal(("0001_a", database.Target.Database), (preview.Name, preview.Database));
        Assert.Equal(["5"], await bench.QueryAsync("SELECT last_value FROM t_c_seq"));
    }

    [Fact]
    public async Task Runs_the_script_and_takes_the_history_row_away_so_that_the_migration_is_pending_again()
    {
        WriteSimple();
        await bench.RunAsync();

        await RunAsync();

        Assert.Empty(await bench.AppliedAsync());
        Assert.Equal(["id"], await ColumnsAsync());
        await bench.RunAsync();
        Assert.Equal(["1"], await bench.AppliedAsync());
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Takes_the_journal_of_a_migration_without_transaction_away_so_that_it_runs_whole_again()
    {
        bench.Write("1_a.sql", "-- belay: no-transaction\nALTER TABLE t ADD a integer;\nCREATE INDEX CONCURRENTLY t_a ON t (a);");
        bench.Write("1_a.rollback.sql", "ALTER TABLE t DROP COLUMN a;");
        await bench.RunAsync();

        await RunAsync();

        Assert.Equal(["0"], await bench.QueryAsync("SELECT count(*) FROM belay.statement"));
        await bench.RunAsync();
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Rolls_a_failing_script_back_and_names_its_place()
    {
        WriteSimple();
        var path = bench.Write("1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a;\nSELECT missing FROM t;\nCOMMIT;");
        await bench.RunAsync();

        var exception = await Assert.ThrowsAsync<RecoveryException>(RunAsync);

        Assert.Equal(ExitCodes.RecoveryFailed, exception.ExitCode);
        Assert.Equal(
            $"{path}:3:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\nRolled back: database as before the rollback.",
            exception.Message);
        Assert.Equal($"correct 1_a.rollback.sql or the database, then ./build.sh Rollback --confirm {database.Target.Database}", exception.Hint);
        Assert.Equal(["a", "id"], await ColumnsAsync());
        Assert.Equal(["1"], await bench.AppliedAsync());
    }

    [Fact]
    public async Task Refuses_while_a_later_migration_stands_part_way()
    {
        WriteSimple();
        bench.Write("2_b.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nSELECT missing FROM t;");
        await bench.FailAsync();

        var exception = await Assert.ThrowsAsync<SettingsException>(PreviewAsync);

        Assert.Equal("Migration 2 stopped part-way outside a transaction; rolling back an older one over it would leave a state that nobody tested", exception.Message);
        Assert.Equal((ExitCodes.Usage, "./build.sh Migrate resumes it; then ./build.sh Rollback"), (exception.ExitCode, exception.Hint));
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database()
    {
        WriteSimple();
        await bench.RunAsync();
        var preview = await PreviewAsync();
        var proof = MigrationBench.Prove(new DatabaseIdentity("1", 2, "other"), DateTimeOffset.UnixEpoch);

        var exception = await Assert.ThrowsAsync<GateException>(() => Runner.RunAsync(proof, preview, Token));

        Assert.Equal(ExitCodes.GateRefused, exception.ExitCode);
        Assert.StartsWith($"Backup {proof.Backup.Id} is of other (oid 2, system 1), but the target database is {database.Target.Database} (oid ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Refuses_when_nothing_is_applied()
    {
        WriteSimple();
        var exception = await Assert.ThrowsAsync<SettingsException>(PreviewAsync);
        Assert.Equal((ExitCodes.Usage, "No migration is applied, so there is nothing to roll back"), (exception.ExitCode, exception.Message));
        Assert.Equal(["public.t"], await bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_without_a_script_and_with_a_script_that_must_not_run()
    {
        bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        await bench.RunAsync();
        var missing = await Assert.ThrowsAsync<SettingsException>(PreviewAsync);
        Assert.Equal($"Migration 0001_a has no rollback script in {bench.Settings.Folder}", missing.Message);

        var path = bench.Write("1_a.rollback.sql", "SELECT 1;\nVACUUM;");
        var unusable = await Assert.ThrowsAsync<SettingsException>(PreviewAsync);
        Assert.Equal($"{path}:2:1: VACUUM cannot run inside a transaction", unusable.Message);
    }

    [Fact]
    public async Task Refuses_when_another_migration_was_applied_since_the_preview()
    {
        WriteSimple();
        await bench.RunAsync();
        var preview = await PreviewAsync();
        bench.Write("2_b.sql", "SELECT 1;");
        await bench.RunAsync();
        var proof = await bench.ProveAsync();

        var exception = await Assert.ThrowsAsync<RecoveryException>(() => Runner.RunAsync(proof, preview, Token));

        Assert.Equal("The newest applied migration is 0002_b now, not 0001_a; nothing was touched", exception.Message);
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    private void WriteSimple()
    {
        bench.Write("1_a.sql", "ALTER TABLE t ADD a integer NOT NULL DEFAULT 5;");
        bench.Write("1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a;\nCOMMIT;");
    }

    private Task<RollbackPreview> PreviewAsync() => Runner.PreviewAsync(MigrationFolder.Read(bench.Settings.Folder), Token);

    private async Task RunAsync() => await Runner.RunAsync(await bench.ProveAsync(), await PreviewAsync(), Token);

    private Task<IReadOnlyList<string>> ColumnsAsync() => bench.QueryAsync("SELECT column_name FROM information_schema.columns WHERE table_name = 't' ORDER BY 1");
}
