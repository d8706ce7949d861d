using Belay.Gate;
using Belay.History;
using Belay.Migrations;
using Belay.Migrations.Failures;
using Belay.Schema;
using Npgsql;

namespace Belay.Recovery;

/// <summary>One run of rollback scripts, newest first, each in a transaction of its own.</summary>
internal sealed class RollbackAttempt(RunContext context, RunnerLock runnerLock, BackupProof proof, RollbackProgress progress)
{
    /// <summary>What it means that the schema is not as it was.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Runs.</summary>
    /// <returns>What was taken back.</returns>
    /// <exception cref="RecoveryException">A script failed; the message says where the database stands.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var step in progress.Preview.Steps)
        {
            try
            {
                await RunAsync(step, cancellationToken);
            }
            catch (OperationCanceledException) when (progress.HasBegun)
            {
                context.Output.Warn($"Cancelled in the rollback of {step.Name}. {progress.Standing}");
                throw;
            }
        }

        return progress.Preview.Name;
    }

    private async Task RunAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        if (progress.HasBegun)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DemandLockAsync(cancellationToken);
        }

        context.Trace?.Begin(step.Source.FileName);
        var completed = false;
        string fact;
        try
        {
            fact = await (step.Source.NoTransaction
                ? RunOutsideAsync(step, cancellationToken)
                : RunInTransactionAsync(step, cancellationToken));
            completed = true;
        }
        finally
        {
            context.Trace?.End(completed);
        }

        progress.Advance();
        context.Output.Line($"      {step.Name} rolled back{fact}");
    }

    private async Task DemandLockAsync(CancellationToken cancellationToken)
    {
        try
        {
            await runnerLock.DemandAsync(() => progress.Standing, ExitCodes.RecoveryFailed, cancellationToken);
        }
        catch (MigrationException lost)
        {
            throw new RecoveryException(lost.Message, $"find out who ended it, then {progress.Preview.Command}", lost);
        }
    }

    private async Task<string> RunInTransactionAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        await using var session = await MigrationSession.OpenAsync(context, cancellationToken);
        string fact;
        try
        {
            await DemandSameStateAsync(session.Connection, step, cancellationToken);
            fact = await new RollbackTransaction(session, context, progress) { Drift = Drift }.RunAsync(step, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            var failed = session.Current;
            await session.RollBackAsync(context.Output);
            throw new RecoveryException(
                $"{FailureText.Of(step.Source, failed, exception)}\n{progress.RolledBack}", Hint(step).Of(exception), exception);
        }
        catch
        {
            await session.RollBackAsync(context.Output);
            throw;
        }

        await CommitAsync(session, step);
        return fact;
    }

    private async Task<string> RunOutsideAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await context.Connector.OpenAsync("rollback", cancellationToken);
            await DemandSameStateAsync(connection, step, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"Cannot read the state of {context.Connector.Target.DisplayName}: {exception.Message}\n"
                    + (progress.HasBegun ? progress.Standing : "Nothing was changed."),
                "./build.sh Preflight",
                exception);
        }

        return await new JournaledRollback(context, step, progress) { Drift = Drift }.RunAsync(runnerLock, cancellationToken);
    }

    private FailureHint Hint(RollbackStep step)
        => new(step.Source.FileName, step.StatementTimeoutOf(context.Settings), progress.Preview.Command)
        {
            HasTransaction = step.Script.Begin is not null,
        };

    /// <summary>The gate's permit is for the state before the first step; what the run itself changed since is no fault.</summary>
    private async Task DemandSameStateAsync(NpgsqlConnection connection, RollbackStep step, CancellationToken cancellationToken)
    {
        if (!progress.HasBegun)
        {
            proof.DemandFits(await GateTargetReader.ReadAsync(connection, cancellationToken));
        }

        var applied = await RollbackReader.ReadAppliedAsync(connection, cancellationToken);
        var newest = RollbackGoal.Newest.Choose(applied)[0];
        if (newest.Version != step.Migration.Version)
        {
            throw new RecoveryException(
                $"The newest applied migration is {newest.FullName} now, not {step.Name}; nothing was touched"
                    + (progress.HasBegun ? $" since. {progress.TakenBack}" : ""),
                "./build.sh Rollback shows the new state");
        }
    }

    // Not cancelled: half an answer is worse than a late one.
    private async Task CommitAsync(MigrationSession session, RollbackStep step)
    {
        try
        {
            await session.ExecuteAsync("COMMIT", CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            throw new RecoveryException(
                $"COMMIT of {step.Source.Path} failed: {exception.Message}. If the server refused it, the database is as before; if "
                    + $"the connection was lost, it may be rolled back or not.{(progress.HasBegun ? $"\n{progress.TakenBack}" : "")}",
                $"./build.sh Status shows whether {step.Name} is still applied",
                exception);
        }
    }
}
