using Belay.History;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Schema;

namespace Belay.Recovery;

/// <summary>Runs one rollback script in a session's transaction, takes the migration out of the history, and looks whether the schema is
/// as it was before it. The caller ends the transaction.</summary>
internal sealed class RollbackTransaction(MigrationSession session, RunContext context, RollbackProgress progress)
{
    /// <summary>What it means that the schema is not as it was. The default is a warning.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Runs a script from its beginning, the BEGIN included.</summary>
    /// <exception cref="RecoveryException">The script changed Belay's own tables, or the schema is not as it was.</exception>
    public async Task<string> RunAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(step.Script.Begin ?? "BEGIN", cancellationToken);
        await LimitAsync(step, cancellationToken);
        foreach (var statement in step.Script.Statements.TakeWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(statement, cancellationToken);
        }

        return await RunStatementsAsync(step, cancellationToken);
    }

    /// <summary>Runs a script inside a transaction that others ran in before.</summary>
    /// <exception cref="RecoveryException">The script changed Belay's own tables, or the schema is not as it was.</exception>
    public async Task<string> GoOnAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        await LimitAsync(step, cancellationToken);
        return await RunStatementsAsync(step, cancellationToken);
    }

    private (TimeSpan Wait, TimeSpan LongestWait, TimeSpan Run) LimitsOf(RollbackStep step)
    {
        var wait = step.Directives.LockTimeout ?? context.Settings.LockTimeout;
        return (wait, wait, step.StatementTimeoutOf(context.Settings));
    }

    private Task LimitAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        var (wait, _, run) = LimitsOf(step);
        return session.ExecuteAsync(TransactionLimits.Of(wait, run), cancellationToken);
    }

    private async Task<string> RunStatementsAsync(RollbackStep step, CancellationToken cancellationToken)
    {
        var before = await SessionSettings.ReadAsync(session.Connection, cancellationToken);
        var history = await HistoryMark.ReadAsync(session.Connection, cancellationToken);
        foreach (var statement in step.Script.Statements.SkipWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(statement, cancellationToken);
            await TransactionLimits.KeepAsync(session, statement, LimitsOf(step), cancellationToken);
        }

        await SessionSettings.RestoreForTransactionAsync(session.Connection, before, cancellationToken);
        if (await history.FindChangeAsync(session.Connection, cancellationToken) is { } change)
        {
            throw new RecoveryException(
                $"{step.Source.Path} {change}.\n{progress.RolledBack}",
                $"take what it does to the schema belay out of {step.Source.FileName}, then {progress.Preview.Command}");
        }

        var isKept = await RollbackHistory.MoveAsync(
            session.Connection, step.Migration.Version, (step.Source.Text, context.BackupId), cancellationToken);
        var fact = await new FormerSchemaCheck(session.Connection, context.Output) { Drift = Drift }
            .RunAsync(step, progress, cancellationToken);
        if (!isKept)
        {
            context.Output.Warn(
                $"The history keeps no row of the rollback of {step.Name}: this role may make no table in the schema belay");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return fact;
    }
}
