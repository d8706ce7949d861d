using Belay.Gate;
using Belay.IntegrationTests.Migrations;
using Belay.Postgres;
using Belay.Recovery;
using Belay.Settings;

namespace Belay.IntegrationTests.Recovery;

public sealed partial class RollbackRunnerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-- nothing to do\n")]
    [InlineData("BEGIN;\nCOMMIT;\n")]
    [InlineData("\\echo nothing\n/* nothing */ ;\n")]
    public async Task A_script_without_statements_is_no_rollback_script(string script)
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        var path = Bench.Write("1_a.rollback.sql", script);
        await Bench.RunAsync();

        var refusal = await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync);

        Assert.Equal($"Migration 0001_a has no rollback script: there is no statement in {path}. Nothing was touched", refusal.Message);
        Assert.Equal(
            "write what takes 0001_a back into 1_a.rollback.sql, or go back to a backup: ./build.sh Restore --backup "
                + "20251012T103000Z-aa --dry-run shows what that would lose",
            refusal.Hint);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("1_a.sql", "-- migrate:up\nALTER TABLE t ADD a integer;\n-- migrate:down\n")]
    [InlineData("1_a.sql", "-- +goose Up\nALTER TABLE t ADD a integer;\n-- +goose Down\n-- nothing\n")]
    public async Task An_empty_way_down_of_another_tool_s_file_is_no_rollback_script_either(string file, string text)
    {
        var path = Bench.Write(file, text);
        await Bench.RunAsync();
        Assert.Equal(
            $"Migration 0001_a has no rollback script: there is no statement in {path}. Nothing was touched",
            (await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync)).Message);
    }

    [Fact]
    public async Task Refuses_while_a_later_migration_stands_part_way()
    {
        WriteSimple();
        Bench.Write("2_b.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY t_a ON t (a);\nSELECT missing FROM t;");
        await Bench.FailAsync();

        var exception = await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync);

        Assert.Equal(
            "Migration 2 stopped part-way outside a transaction; rolling back an older one over it would leave a state that nobody tested",
            exception.Message);
        Assert.Equal((ExitCodes.Usage, "./build.sh Migrate resumes it; then ./build.sh Rollback"), (exception.ExitCode, exception.Hint));
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database()
    {
        WriteSimple();
        await Bench.RunAsync();
        var preview = await Bench.PreviewRollbackAsync();
        var proof = MigrationBench.Prove(new DatabaseIdentity("1", 2, "other"), DateTimeOffset.UnixEpoch);

        var exception = await Assert.ThrowsAsync<GateException>(() => Runner.RunAsync(proof, preview, Token));

        Assert.Equal(ExitCodes.GateRefused, exception.ExitCode);
        Assert.StartsWith(
            $"Backup {proof.Backup.Id} does not stand behind {Database.Target.Database} (oid ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "): it is of another database: other (oid 2, system 1); its snapshot (", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Refuses_when_nothing_is_applied()
    {
        WriteSimple();
        var exception = await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync);
        Assert.Equal(
            (ExitCodes.Usage, "No migration is applied, so there is nothing to roll back"), (exception.ExitCode, exception.Message));
        Assert.Equal(["public.t"], await Bench.TablesAsync());
    }

    [Fact]
    public async Task Refuses_without_a_script_and_with_a_script_that_must_not_run()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        await Bench.RunAsync();
        var missing = await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync);
        Assert.Equal($"Migration 0001_a has no rollback script in {Bench.Settings.Folder}", missing.Message);

        var path = Bench.Write("1_a.rollback.sql", "SELECT 1;\nVACUUM;");
        var unusable = await Assert.ThrowsAsync<SettingsException>(Bench.PreviewRollbackAsync);
        Assert.Equal($"{path}:2:1: VACUUM cannot run inside a transaction", unusable.Message);
    }

    [Fact]
    public async Task Refuses_when_another_migration_was_applied_since_the_preview()
    {
        WriteSimple();
        await Bench.RunAsync();
        var preview = await Bench.PreviewRollbackAsync();
        Bench.Write("2_b.sql", "SELECT 1;");
        await Bench.RunAsync();
        var proof = await Bench.ProveAsync();

        var exception = await Assert.ThrowsAsync<RecoveryException>(() => Runner.RunAsync(proof, preview, Token));

        Assert.Equal("The newest applied migration is 0002_b now, not 0001_a; nothing was touched", exception.Message);
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }
}
