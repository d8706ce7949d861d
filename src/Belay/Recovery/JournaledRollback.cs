using Belay.History;
using Belay.Migrations;
using Belay.Schema;
using Belay.Sql;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Runs a rollback script outside a transaction, with a journal of its own, so that one that
/// stopped part-way goes on where it stopped.</summary>
internal sealed class JournaledRollback(RunContext context, RollbackStep step, RollbackProgress progress)
{
    private string fact = "";

    /// <summary>What it means that the schema is not as it was. The script has run then, so that a refusal comes too late.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Runs the script, and takes the migration out of history and journals when its last statement has ended.</summary>
    /// <param name="runnerLock">The runner lock, asked again before every statement.</param>
    /// <returns>What was seen of the schema, as the end of "… rolled back".</returns>
    /// <exception cref="RecoveryException">A statement failed; the message says which ran.</exception>
    public async Task<string> RunAsync(RunnerLock runnerLock, CancellationToken cancellationToken)
    {
        var job = new MigrationJob(context, runnerLock, Script, [])
        {
            Purpose = new(HistorySchema.RollbackStatement, progress.Preview.Command, EndAsync),
        };
        try
        {
            await using var sessions = new SessionKeeper(context, 1);
            await new JournaledMigration(job, sessions).RunAsync(cancellationToken);
            return fact;
        }
        catch (MigrationException exception)
        {
            throw new RecoveryException(
                progress.HasBegun ? $"{exception.Message}\n{progress.Standing}" : exception.Message, exception.Hint, exception);
        }
    }

    private Migration Script => new()
    {
        Version = step.Migration.Version,
        Name = step.Migration.Name,
        Path = step.Source.Path,
        Text = step.Source.Text,
        Sha256 = step.Migration.Sha256,
        Directives = step.Directives with { NoTransaction = true },
    };

    private async Task<AppliedMigration> EndAsync(NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollbackHistory.MoveAsync(
            connection, entry.Migration.Version, (step.Source.Text, context.BackupId), cancellationToken);
        var policy = Drift == DriftPolicy.Ignore ? DriftPolicy.Ignore : DriftPolicy.Warn;
        fact = await new FormerSchemaCheck(connection, context.Output) { Drift = policy }.RunAsync(step, progress, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return step.Migration;
    }
}
