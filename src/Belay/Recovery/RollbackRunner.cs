using Belay.Gate;
using Belay.History;
using Belay.Migrations;
using Belay.Migrations.Failures;
using Belay.Postgres;
using Belay.Schema;
using Belay.Settings;
using Belay.Sql;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Takes the newest migration back with its rollback script, in one transaction with its history row.</summary>
/// <param name="output">Takes the server's messages as they come.</param>
internal sealed class RollbackRunner(
    DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Tells and records what the rollback changes in the schema; null to leave that out.</summary>
    public SchemaWatch? Watch { get; init; }

    /// <summary>The runner lock, when the caller holds it since before the gate; null has the run wait for it.</summary>
    public RunnerLock? Lock { get; init; }

    /// <summary>Reads what would be rolled back and what would be lost; touches nothing.</summary>
    /// <param name="files">The migrations of the folder.</param>
    /// <exception cref="SettingsException">Nothing is applied, or the newest migration has no usable rollback script.</exception>
    public async Task<RollbackPreview> PreviewAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        await using var connection = await connector.OpenAsync("rollback preview", cancellationToken);
        try
        {
            var newest = await ReadNewestAsync(connection, cancellationToken);
            var file = files.FirstOrDefault(newest.IsOf);
            var source = file?.Rollback
                ?? throw new SettingsException(
                    $"Migration {newest.FullName} has no rollback script in {settings.Folder}",
                    $"write {file?.RollbackPlace ?? $"{newest.FullName}.rollback.sql"}, or go back to a backup: "
                        + "./build.sh Restore --backup <id> --dry-run shows what that would lose");
            var script = ReadScript(source);
            if (script.Statements.Count == 0)
            {
                throw new SettingsException(
                    $"Migration {newest.FullName} has no rollback script: there is no statement in {source.Path}. Nothing was touched",
                    $"write what takes {newest.FullName} back into {source.FileName}, or go back to a backup: "
                        + "./build.sh Restore --backup <id> --dry-run shows what that would lose");
            }

            return new RollbackPreview
            {
                Migration = newest,
                Source = source,
                Script = script,
                Database = connector.Target.Database,
                Losses = await new LossReader(connection).ReadAsync(script.Statements, cancellationToken),
            };
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"Cannot read what a rollback would do in {connector.Target.DisplayName}: {exception.Message}",
                "./build.sh Preflight",
                exception);
        }
    }

    /// <summary>Runs the script.</summary>
    /// <param name="proof">The gate's permit; its backup must be of this database.</param>
    /// <exception cref="GateException">The proof is for another database.</exception>
    /// <exception cref="RecoveryException">The script failed; its transaction was rolled back, unless
    /// the message says otherwise.</exception>
    public async Task RunAsync(BackupProof proof, RollbackPreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(preview);
        var context = new RunContext(connector, settings, output, timeProvider) { BackupId = proof.Backup.Id };
        await using var own = Lock is null ? await RunnerLock.AcquireAsync(context, cancellationToken) : null;
        var runnerLock = own ?? Lock!;
        await (Watch is null ? RunAsync() : Watch.AroundAsync($"rollback of {preview.Name}", RunAsync, cancellationToken));

        Task<string> RunAsync() => preview.Source.NoTransaction
            ? RunOutsideAsync(new(context, runnerLock, proof), preview, cancellationToken)
            : RunLockedAsync(context, proof, preview, cancellationToken);
    }

    /// <summary>Runs the script and rolls it back: shows whether it would pass. It takes the script's locks until then.</summary>
    /// <exception cref="RecoveryException">The script would fail.</exception>
    public async Task TryAsync(RollbackPreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var context = new RunContext(connector, settings, output, timeProvider) { BackupId = null, IsDryRun = true };
        if (preview.Source.NoTransaction)
        {
            output.Line($"{preview.Source.FileName} runs outside a transaction and is not tried. It would send, one at a time:");
            preview.Script.Statements.ToList()
                .ForEach(statement => output.Line($"  line {statement.Position.Line}: {statement.Shape.Title}"));
            return;
        }

        await using var runnerLock = await RunnerLock.AcquireAsync(context, cancellationToken);
        await RunLockedAsync(context, null, preview, cancellationToken);
    }

    private async Task<string> RunLockedAsync(
        RunContext context, BackupProof? proof, RollbackPreview preview, CancellationToken cancellationToken)
    {
        await using var session = await MigrationSession.OpenAsync(context, cancellationToken);
        try
        {
            await DemandSameStateAsync(session.Connection, proof, preview, cancellationToken);
            await RunScriptAsync(session, preview, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            var failed = session.Current;
            await session.RollBackAsync(output);
            throw new RecoveryException(
                $"{FailureText.Of(preview.Source, failed, exception)}\nRolled back: database as before the rollback.",
                Hint(preview).Of(exception),
                exception);
        }
        catch
        {
            await session.RollBackAsync(output);
            throw;
        }

        await (proof is null ? session.RollBackAsync(output) : CommitAsync(session, preview));
        return preview.Name;
    }

    private async Task<string> RunOutsideAsync(RollbackAttempt attempt, RollbackPreview preview, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.OpenAsync("rollback", cancellationToken);
            await DemandSameStateAsync(connection, attempt.Proof, preview, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"Cannot read the state of {connector.Target.DisplayName}: {exception.Message}\nNothing was changed.",
                "./build.sh Preflight",
                exception);
        }

        await new JournaledRollback(attempt.Context, preview).RunAsync(attempt.Lock, cancellationToken);
        return preview.Name;
    }

    private FailureHint Hint(RollbackPreview preview)
        => new(
            preview.Source.FileName,
            settings.StatementTimeout,
            $"./build.sh Rollback --confirm {preview.Database}") { HasTransaction = preview.Script.Begin is not null };

    private async Task RunScriptAsync(MigrationSession session, RollbackPreview preview, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(preview.Script.Begin ?? "BEGIN", cancellationToken);
        await session.ExecuteAsync(
            $"SET LOCAL lock_timeout = {(long)settings.LockTimeout.TotalMilliseconds}; SET LOCAL statement_timeout = "
                + $"{(long)settings.StatementTimeout.TotalMilliseconds}",
            cancellationToken);
        foreach (var statement in preview.Script.Statements.TakeWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(statement, cancellationToken);
        }

        var before = await SessionSettings.ReadAsync(session.Connection, cancellationToken);
        var history = await HistoryMark.ReadAsync(session.Connection, cancellationToken);
        foreach (var statement in preview.Script.Statements.SkipWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(statement, cancellationToken);
        }

        await SessionSettings.RestoreForTransactionAsync(session.Connection, before, cancellationToken);
        if (await history.FindChangeAsync(session.Connection, cancellationToken) is { } change)
        {
            throw new RecoveryException(
                $"{preview.Source.Path} {change}.\nRolled back: database as before the rollback.",
                $"take what it does to the schema belay out of {preview.Source.FileName}, then "
                    + $"./build.sh Rollback --confirm {preview.Database}");
        }

        await DeleteHistoryAsync(session, preview.Migration.Version, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The journal goes too: with its rows, a later run would take the statements for done and skip them.</summary>
    private static async Task DeleteHistoryAsync(MigrationSession session, decimal version, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM belay.statement WHERE version = {version}", cancellationToken);
        await session.ExecuteAsync($"DELETE FROM belay.migration WHERE version = {version}", cancellationToken);
    }

    // Not cancelled: half an answer is worse than a late one.
    private static async Task CommitAsync(MigrationSession session, RollbackPreview preview)
    {
        try
        {
            await session.ExecuteAsync("COMMIT", CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"COMMIT of {preview.Source.Path} failed: {exception.Message}. If the server refused it, the database is as before; if "
                    + "the connection was lost, it may be rolled back or not.",
                $"./build.sh Status shows whether {preview.Name} is still applied",
                exception);
        }
    }

    private static async Task DemandSameStateAsync(
        NpgsqlConnection connection, BackupProof? proof, RollbackPreview preview, CancellationToken cancellationToken)
    {
        proof?.DemandFits(await GateTargetReader.ReadAsync(connection, cancellationToken));
        var newest = await ReadNewestAsync(connection, cancellationToken);
        if (newest.Version != preview.Migration.Version)
        {
            throw new RecoveryException(
                $"The newest applied migration is {newest.FullName} now, not {preview.Name}; nothing was touched",
                "./build.sh Rollback shows the new state");
        }
    }

    /// <summary>The newest applied migration, when none above it stopped part-way.</summary>
    private static async Task<AppliedMigration> ReadNewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = (await MigrationHistory.ReadAsync(connection, cancellationToken)).Where(row => !row.IsRepeatable).ToArray();
        if (applied.Length == 0)
        {
            throw new SettingsException("No migration is applied, so there is nothing to roll back", "./build.sh Status");
        }

        return await connection.ScalarAsync(
            "SELECT min(version)::numeric FROM belay.statement WHERE version NOT IN (SELECT version FROM belay.migration)",
            cancellationToken) is decimal partWay
            ? throw new SettingsException(
                $"Migration {partWay} stopped part-way outside a transaction; rolling back an older one over it would leave a state that "
                    + "nobody tested",
                "./build.sh Migrate resumes it; then ./build.sh Rollback")
            : applied.MaxBy(migration => migration.Version)!;
    }

    private static MigrationScript ReadScript(ScriptSource source)
    {
        var script = MigrationScript.Read(source.Text, source.NoTransaction);
        return script.Faults.Count == 0
            ? script
            : throw new SettingsException(
                [.. script.Faults.Select(fault => $"{source.Path}:{fault.Line}:{fault.Column}: {fault.Message}")], script.Faults[0].Hint);
    }

    private sealed record RollbackAttempt(RunContext Context, RunnerLock Lock, BackupProof Proof);
}
