using Belay.History;
using Belay.Migrations;
using Belay.Sql;
using Belay.Postgres;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Runs a rollback script outside a transaction, with a journal of its own, so that one that
/// stopped part-way goes on where it stopped.</summary>
internal sealed class JournaledRollback(RunContext context, RollbackPreview preview)
{
    /// <summary>Runs the script, and takes the migration out of history and journals when its last statement has ended.</summary>
    /// <param name="runnerLock">The runner lock, asked again before every statement.</param>
    /// <exception cref="RecoveryException">A statement failed; the message says which ran.</exception>
    public async Task RunAsync(RunnerLock runnerLock, CancellationToken cancellationToken)
    {
        var job = new MigrationJob(context, runnerLock, Script, [])
        {
            Purpose = new(HistorySchema.RollbackStatement, $"./build.sh Rollback --confirm {preview.Database}", EndAsync),
        };
        try
        {
            await new JournaledMigration(job).RunAsync(cancellationToken);
        }
        catch (MigrationException exception)
        {
            throw new RecoveryException(exception.Message, exception.Hint, exception);
        }
    }

    private Migration Script => new()
    {
        Version = preview.Migration.Version,
        Name = preview.Migration.Name,
        Path = preview.Source.Path,
        Text = preview.Source.Text,
        Sha256 = preview.Migration.Sha256,
        Directives = new() { NoTransaction = true },
    };

    private async Task<AppliedMigration> EndAsync(NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        var version = entry.Migration.Version;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(
            $"""
            DELETE FROM belay.rollback_statement WHERE version = {version};
            DELETE FROM belay.statement WHERE version = {version};
            DELETE FROM belay.migration WHERE version = {version}
            """,
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return preview.Migration;
    }
}
