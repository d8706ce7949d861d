using Belay.History;
using Belay.Migrations;
using Belay.Postgres;
using Npgsql;

namespace Belay.Adoption;

/// <summary>Changes the history and nothing else: behind the runner lock, in one transaction. A preview
/// takes no lock and may not write.</summary>
/// <param name="preview">Whether to look only.</param>
internal sealed class HistoryChange(RunContext context, bool preview)
{
    private string Database => context.Connector.Target.DisplayName;

    /// <summary>Runs the change, and commits what it wrote when it returns.</summary>
    /// <param name="change">Reads, decides, and writes unless it is a preview.</param>
    /// <exception cref="HistoryException">The server refused, or the answer to COMMIT was lost.</exception>
    /// <exception cref="MigrationException">Another runner holds the lock.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<NpgsqlConnection, Task<TResult>> change, CancellationToken cancellationToken)
    {
        if (preview)
        {
            return await InTransactionAsync("BEGIN READ ONLY", change, () => Task.CompletedTask, cancellationToken);
        }

        await using var runnerLock = await RunnerLock.AcquireAsync(context, cancellationToken);
        return await InTransactionAsync(
            "BEGIN",
            change,
            () => runnerLock.DemandAsync(() => "Rolled back: the history is as before.", ExitCodes.PreflightRefused, cancellationToken),
            cancellationToken);
    }

    private async Task<TResult> InTransactionAsync<TResult>(
        string begin, Func<NpgsqlConnection, Task<TResult>> change, Func<Task> demandLock, CancellationToken cancellationToken)
    {
        await using var connection = await context.Connector.OpenAsync("history", cancellationToken);
        TResult result;
        try
        {
            await connection.ExecuteAsync(
                $"{begin}; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = {Milliseconds(context.Settings.LockTimeout)}",
                cancellationToken);
            result = await change(connection);
            await demandLock();
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (NpgsqlException exception)
        {
            throw new HistoryException(
                $"Cannot change the history of {Database}: {exception.Message}\nRolled back: the history is as before.",
                "connect as the role that owns the schema belay, or look what holds its tables: ./build.sh Status",
                exception);
        }

        await CommitAsync(connection);
        return result;
    }

    /// <summary>It is not cancelled: half an answer is worse than a late one.</summary>
    private async Task CommitAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync("COMMIT", CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            throw new HistoryException(
                $"The connection was lost during COMMIT of the history of {Database}: {exception.Message}\nEither all of it is recorded "
                    + "or nothing.",
                "./build.sh Status shows whether it is recorded",
                exception)
            { OutcomeIsUnknown = true };
        }
    }

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);
}
