using Belay.History;
using Belay.Migrations.Effects;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Runs one statement of a migration outside a transaction, with its journal row.</summary>
internal sealed class JournaledStatement(RunContext context, MigrationSession session, StatementJournal journal, IndexCarcasses carcasses)
{
    private const string AsOurselves = "RESET SESSION AUTHORIZATION; RESET ROLE";

    private static readonly IReadOnlyList<SqlStep> Mark =
    [
        new("SAVEPOINT belay_mark"), new("RESET SESSION AUTHORIZATION"), new("RESET ROLE"),
    ];

    private static readonly IReadOnlyList<SqlStep> BackToMark =
    [
        new("ROLLBACK TO SAVEPOINT belay_mark"), new("RELEASE SAVEPOINT belay_mark"),
    ];

    private bool ranAlone;

    /// <summary>Whether the last try was cancelled for the sake of those who waited behind it.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The script's file name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The longest wait for one lock, per try.</summary>
    public required TimeSpan LockTimeout { get; init; }

    /// <summary>The session's settings before the script, with which the journal is written: the script
    /// may have set another role.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Whether what the server counts tells what a statement has done to rows; the default is no.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Runs the statement, tried again while its locks are taken.</summary>
    public async Task RunAsync(
        ScriptStatement statement,
        int position,
        Func<ScriptStatement?, NpgsqlException, int, MigrationException> failure,
        CancellationToken cancellationToken)
    {
        var patience = new LockPatience(context, LockTimeout);
        while (true)
        {
            try
            {
                await carcasses.DropAsync(statement, cancellationToken);
                await AttemptAsync(statement, position, patience, cancellationToken);
                patience.Tell(Name);
                return;
            }
            catch (PostgresException exception) when (session.HasLostPrepared(exception))
            {
                // One of the looks around the statement failed, and with it the transaction that both stood in.
                await session.RollBackAsync(context.Output);
                await journal.EndAsync(position, exception.SqlState);
            }
            catch (PostgresException exception)
                when (session.Connection.State == System.Data.ConnectionState.Open && !cancellationToken.IsCancellationRequested)
            {
                await session.RollBackAsync(context.Output);
                await journal.EndAsync(position, exception.SqlState);
                await carcasses.TryDropAsync(statement, cancellationToken);
                if (!IsWorthAnotherTry(statement, exception) || !await patience.PauseAsync(Name, cancellationToken))
                {
                    throw failure(statement, exception, await StandingAsync(statement, position, exception));
                }
            }
            catch (NpgsqlException exception)
            {
                throw failure(statement, exception, ExitCodes.MigrationPartWay);
            }
        }
    }

    /// <summary>Where the file stands after a failure. A statement of which nothing happened leaves no row: with it gone,
    /// nothing is part-way.</summary>
    private async Task<int> StandingAsync(ScriptStatement statement, int position, PostgresException exception)
    {
        var began = statement.Shape.MayCommit ? CommittingBlock.IsDoubtful(statement, exception) : ranAlone;
        if (!began && (position == 1 || statement.Shape.MayCommit))
        {
            await journal.ForgetAsync(position);
        }

        return position == 1 && !began ? ExitCodes.MigrationRolledBack : ExitCodes.MigrationPartWay;
    }

    /// <summary>What may stand in a transaction runs in one with its journal row, so that its outcome is never unknown.</summary>
    private async Task AttemptAsync(ScriptStatement statement, int position, LockPatience patience, CancellationToken cancellationToken)
    {
        await journal.StartAsync(position, statement, session.ProcessId, cancellationToken);
        GaveUp = false;
        var watcher = new LockWatcher(new(context, session, Name, patience), cancellationToken);
        try
        {
            ranAlone = statement.Shape.RunsAloneOn(session.Connection.PostgreSqlVersion.Major)
                || !await TryInTransactionAsync(statement, position, patience.Limit, cancellationToken);
            if (ranAlone)
            {
                await RunAloneAsync(statement, cancellationToken);
                await journal.EndAsync(position, JournalRow.Success);
            }
        }
        finally
        {
            await watcher.DisposeAsync();
            GaveUp = watcher.GaveUp;
        }
    }

    /// <summary>False when the server refuses the statement inside a transaction, which its words do not always show:
    /// REINDEX of a partitioned table.</summary>
    private async Task<bool> TryInTransactionAsync(
        ScriptStatement statement, int position, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        var limit = TransactionLimits.Shorter("lock_timeout", lockTimeout, lockTimeout, isLocal: true);
        var history = await LookAsync([new("BEGIN"), SqlStep.Deaf(limit)], cancellationToken);
        try
        {
            await session.RunAsync(statement, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ActiveSqlTransaction)
        {
            await session.RollBackAsync(context.Output);
            return false;
        }

        context.History = await DemandAsync(history, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await session.RunAsync([new(journal.EndInTransaction(position)), new("COMMIT")], CancellationToken.None);
        return true;
    }

    /// <summary>Looks at Belay's tables behind other steps, as the role that connected, whichever role the script has set, which may not be
    /// allowed to; that role is set afterwards as before.</summary>
    private async Task<HistoryLook> LookAsync(IEnumerable<SqlStep> first, CancellationToken cancellationToken)
    {
        var look = new HistoryLook(context.History) { CountsChanges = IsCounted };
        await session.RunAsync([.. first, .. Mark, .. look.Steps(null, cancellationToken), .. BackToMark], cancellationToken);
        if (look.FurtherSteps(cancellationToken) is { Count: > 0 } further)
        {
            await session.RunAsync([.. Mark, .. further, .. BackToMark], cancellationToken);
        }

        return look;
    }

    /// <summary>Looks again, with the role and the search path of before the script, which the journal's row is written with too.</summary>
    private async Task<HistoryMark> DemandAsync(HistoryLook begun, CancellationToken cancellationToken)
    {
        var (before, look) = (begun.Mark!, begun.Next());
        try
        {
            await session.RunAsync(
                [SqlStep.Deaf(SessionSettings.RestoringForTransaction(Settings)), .. look.Steps(null, cancellationToken)],
                cancellationToken);
        }
        catch (PostgresException) when (look.Mark is { } partly && before.FindChange(partly) is not null)
        {
            throw Changed(before.FindChange(look.Mark!)!);
        }

        return before.FindChange(look.Mark!) is { } change ? throw Changed(change) : look.Mark!;
    }

    /// <summary>Reads it as the role that connected, whichever role the script has set, which may not be allowed to; that role is set
    /// afterwards as before.</summary>
    private async Task<HistoryMark> ReadHistoryAsync(CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"SAVEPOINT belay_mark; {AsOurselves}", cancellationToken);
        var history = await HistoryMark.ReadAsync(session.Connection, cancellationToken);
        await session.ExecuteAsync("ROLLBACK TO SAVEPOINT belay_mark; RELEASE SAVEPOINT belay_mark", cancellationToken);
        return history;
    }

    private async Task DemandHistoryAsync(HistoryMark before, CancellationToken cancellationToken)
    {
        if (await before.FindChangeAsync(session.Connection, cancellationToken) is { } change)
        {
            throw Changed(change);
        }
    }

    private static PostgresException Changed(string change)
        => new($"the statement {change}", "ERROR", "ERROR", PostgresErrorCodes.ObjectNotInPrerequisiteState);

    private async Task RunAloneAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (statement.Shape.MayCommit)
        {
            await session.ExecuteAsync("BEGIN", cancellationToken);
            var history = await ReadHistoryAsync(cancellationToken);
            await session.ExecuteAsync("ROLLBACK", cancellationToken);
            await session.RunAsync(statement, cancellationToken);
            await session.ExecuteAsync($"BEGIN; {AsOurselves}", cancellationToken);
            await DemandHistoryAsync(history, cancellationToken);
            await session.ExecuteAsync("ROLLBACK", cancellationToken);
            return;
        }

        if (!statement.Shape.IsConcurrent)
        {
            await session.RunAsync(statement, cancellationToken);
            return;
        }

        var next = await CompletionAsync(statement, cancellationToken) ?? statement;
        await session.WithLockTimeoutAsync(
            context.Settings.ConcurrentLockTimeout, () => session.RunAsync(next, cancellationToken), cancellationToken);
        if (await carcasses.IsLeftInvalidAsync(statement, cancellationToken))
        {
            throw new PostgresException(
                "the index exists already and is invalid", "ERROR", "ERROR", PostgresErrorCodes.ObjectNotInPrerequisiteState);
        }
    }

    /// <summary>The server refuses to detach a partition that an interrupted attempt left half detached; it wants FINALIZE.</summary>
    private async Task<ScriptStatement?> CompletionAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (PartitionDetach.Of(statement.Sql) is not { } detach
            || await new StatementEffect(session.Connection).IsPendingAsync(detach, cancellationToken) is not true)
        {
            return null;
        }

        context.Output.Line(
            $"{Name}:{statement.Position.Line} an interrupted attempt left the partition {detach.Partition} half detached; completing it "
                + "with FINALIZE");
        return statement with { Sql = detach.Finalize };
    }

    private bool IsWorthAnotherTry(ScriptStatement statement, PostgresException exception)
        => !statement.Shape.MayCommit
            && (exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                || (GaveUp && exception.SqlState == PostgresErrorCodes.QueryCanceled));
}
