using Belay.Migrations.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Runs one statement of a migration outside a transaction, with its journal row.</summary>
internal sealed class JournaledStatement(RunContext context, MigrationSession session, StatementJournal journal, IndexCatalog catalog)
{
    private bool gaveUp;

    /// <summary>The script's file name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Runs the statement, tried again while its locks are taken.</summary>
    public async Task RunAsync(
        ScriptStatement statement, int position, Func<ScriptStatement?, NpgsqlException, int, MigrationException> failure, CancellationToken cancellationToken)
    {
        var patience = new LockPatience(context);
        while (true)
        {
            await catalog.DropCarcassAsync(statement, cancellationToken);
            var invalid = await catalog.InvalidAsync(cancellationToken);
            try
            {
                await AttemptAsync(statement, position, cancellationToken);
                return;
            }
            catch (PostgresException exception) when (session.Connection.State == System.Data.ConnectionState.Open && !cancellationToken.IsCancellationRequested)
            {
                await session.RollBackAsync(context.Output);
                await journal.EndAsync(position, exception.SqlState);
                await catalog.DropCarcassAsync(statement, cancellationToken);
                if (statement.Shape.OutsideOnly == "REINDEX CONCURRENTLY")
                {
                    await catalog.DropCopiesAsync(invalid, cancellationToken);
                }

                if (!IsWorthAnotherTry(exception) || !await patience.PauseAsync(Name, cancellationToken))
                {
                    var nothingRan = position == 1 && !statement.Shape.RunsAlone;
                    throw failure(statement, exception, nothingRan ? ExitCodes.MigrationRolledBack : ExitCodes.MigrationPartWay);
                }
            }
            catch (NpgsqlException exception)
            {
                throw failure(statement, exception, ExitCodes.MigrationPartWay);
            }
        }
    }

    /// <summary>What may stand in a transaction runs in one with its journal row, so that its outcome is never unknown.</summary>
    private async Task AttemptAsync(ScriptStatement statement, int position, CancellationToken cancellationToken)
    {
        await journal.StartAsync(position, statement, session.ProcessId, cancellationToken);
        gaveUp = false;
        var watcher = new LockWatcher(context, session, Name, cancellationToken);
        try
        {
            if (statement.Shape.RunsAlone)
            {
                await RunAloneAsync(statement, cancellationToken);
                await journal.EndAsync(position, JournalRow.Success);
            }
            else
            {
                await session.ExecuteAsync("BEGIN", cancellationToken);
                await session.RunAsync(statement, cancellationToken);
                await session.ExecuteAsync(journal.EndInTransaction(position), cancellationToken);
                await session.ExecuteAsync("COMMIT", CancellationToken.None);
            }
        }
        finally
        {
            await watcher.DisposeAsync();
            gaveUp = watcher.GaveUp;
        }
    }

    private async Task RunAloneAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (!statement.Shape.IsConcurrent)
        {
            await session.RunAsync(statement, cancellationToken);
            return;
        }

        var usual = (string)(await session.ScalarAsync("SELECT current_setting('lock_timeout')", cancellationToken))!;
        await session.ExecuteAsync($"SET lock_timeout = {(long)context.Settings.ConcurrentLockTimeout.TotalMilliseconds}", cancellationToken);
        try
        {
            await session.RunAsync(statement, cancellationToken);
        }
        finally
        {
            if (session.Connection.State == System.Data.ConnectionState.Open)
            {
                await session.ExecuteAsync($"SET lock_timeout = '{usual}'", CancellationToken.None);
            }
        }
    }

    private bool IsWorthAnotherTry(PostgresException exception)
        => exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            || (gaveUp && exception.SqlState == PostgresErrorCodes.QueryCanceled);
}
