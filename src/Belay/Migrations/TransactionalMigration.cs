using Belay.History;
using Belay.Migrations.Failures;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Runs one migration: script, checks and history row in one transaction, tried again while its locks are taken.</summary>
internal sealed class TransactionalMigration(MigrationJob job, SessionKeeper sessions)
{
    private const string Writing = "writing the history";

    private readonly RunContext context = job.Context;
    private readonly Migration migration = job.Migration;
    private readonly MigrationScript script = MigrationScript.Read(job.Migration.Text, noTransaction: false);
    private bool gaveUp;

    private HistoryTable[] Tables
        => [
            HistorySchema.Migration,
            HistorySchema.Statement,
            .. migration.IsRepeatable ? [HistorySchema.Repeatable] : Array.Empty<HistoryTable>(),
        ];

    public async Task<AppliedMigration> RunAsync(CancellationToken cancellationToken)
    {
        var session = await OpenAsync(cancellationToken);
        var isKept = false;
        try
        {
            var applied = await RunAsync(session, cancellationToken);
            isKept = await KeepAsync(session);
            return applied;
        }
        finally
        {
            if (!isKept)
            {
                await session.DisposeAsync();
            }
        }
    }

    private async Task<AppliedMigration> RunAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        var patience = new LockPatience(context, job.LockTimeout);
        while (true)
        {
            try
            {
                return await AttemptAsync(session, patience, cancellationToken);
            }
            catch (PostgresException exception) when (IsWorthAnotherTry(exception))
            {
                var (failed, own) = (session.Current, session.Own);
                await session.RollBackAsync(context.Output);
                if (!await patience.PauseAsync(migration.FileName, cancellationToken))
                {
                    throw Failure(
                        failed,
                        own,
                        exception,
                        $"\nNo locks after {Quantity.Count(patience.Attempts, "attempt")} in "
                            + $"{Quantity.Duration(context.Settings.LockBudget)}.");
                }
            }
            catch (NpgsqlException exception)
            {
                var (failed, own) = (session.Current, session.Own);
                await session.RollBackAsync(context.Output);
                throw Failure(failed, own, exception, "");
            }
            catch
            {
                await session.RollBackAsync(context.Output);
                throw;
            }
        }
    }

    private async Task<MigrationSession> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.TakeAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw Failure(null, null, exception, "");
        }
    }

    private async Task<AppliedMigration> AttemptAsync(MigrationSession session, LockPatience patience, CancellationToken cancellationToken)
    {
        var started = context.TimeProvider.GetTimestamp();
        var before = await session.BeginningAsync(cancellationToken);
        var begun = await BeginAsync(session, patience.Limit, cancellationToken);
        await RunScriptAsync(session, patience, cancellationToken);
        var ended = await EndAsync(session, before, cancellationToken);
        DemandTransaction(begun.Number, ended.Number);
        DemandHistory(begun.History, ended.History);
        var fits = false;
        var applied = await session.OwnAsync(Writing, async () =>
        {
            await CheckAsync(session, cancellationToken);
            fits = await EnsureHistoryAsync(session, ended.History, cancellationToken) && context.KeepsAnyVersion;
            var entry = new HistoryEntry(migration, context.TimeProvider.GetElapsedTime(started), context.BackupId) { Fits = fits };
            return await MigrationHistory.InsertAsync(session.Connection, entry, cancellationToken);
        });
        await job.Lock.DemandAsync(
            () => $"Rolled back: database as before.{context.AppliedSoFar}", ExitCodes.MigrationRolledBack, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await new MigrationCommit(job).RunAsync(session);
        context.History = ended.History;
        context.KeepsAnyVersion = fits || !HistorySchema.FitsAnyTable(migration.Version);
        return applied;
    }

    private async Task<TransactionLook> BeginAsync(MigrationSession session, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        IEnumerable<SqlStep> begin =
        [
            new(script.Begin ?? "BEGIN"),
            .. TransactionLimits.Each(lockTimeout, job.StatementTimeout).Select(limit => new SqlStep(limit)),
        ];
        foreach (var statement in script.Statements.TakeWhile(TransactionLimits.SetsModes))
        {
            await session.RunAsync(begin, cancellationToken);
            await session.RunAsync(statement, cancellationToken);
            begin = [];
        }

        return await TransactionLook.TakeAsync(
            session.Connection, (begin, []), () => session.FailAt("looking at the history"), cancellationToken);
    }

    /// <summary>Looks after the script, and gives what follows the role and the search path of before.</summary>
    private static Task<TransactionLook> EndAsync(
        MigrationSession session, IReadOnlyDictionary<string, string> before, CancellationToken cancellationToken)
        => TransactionLook.TakeAsync(
            session.Connection,
            ([], [SqlStep.Deaf(SessionSettings.RestoringForTransaction(before)) with { Failed = () => session.FailAt(Writing) }]),
            () => session.FailAt(Writing),
            cancellationToken);

    private async Task RunScriptAsync(MigrationSession session, LockPatience patience, CancellationToken cancellationToken)
    {
        gaveUp = false;
        var watcher = new LockWatcher(new(context, session, migration.FileName, patience), cancellationToken);
        try
        {
            foreach (var statement in script.Statements.SkipWhile(TransactionLimits.SetsModes))
            {
                await session.RunAsync(statement, cancellationToken);
                await TransactionLimits.KeepAsync(session, statement, (patience.Limit, job.LockTimeout), cancellationToken);
            }
        }
        finally
        {
            await watcher.DisposeAsync();
            gaveUp = watcher.GaveUp;
        }

        patience.Tell(migration.FileName);
    }

    /// <summary>A script that ended the transaction by itself has committed what came before, whatever follows.</summary>
    private void DemandTransaction(long before, long after)
    {
        if (after != before)
        {
            throw new MigrationException(
                $"{migration.Path} ended the migration's transaction by itself: its statements up to there are committed, "
                + $"later ones may be, and the history has no row for it.{context.AppliedSoFar}",
                ExitCodes.MigrationPartWay,
                "compare the database with the script by hand, take COMMIT or ROLLBACK out of the script, then ./build.sh Migrate");
        }
    }

    /// <summary>A script that drops, empties or rewrites the history would make the next release believe what is not so.</summary>
    private void DemandHistory(HistoryMark before, HistoryMark after)
    {
        if (before.FindChange(after) is { } change)
        {
            throw new MigrationException(
                $"{migration.Path} {change}.\nRolled back: database as before.{context.AppliedSoFar}",
                ExitCodes.MigrationRolledBack,
                $"take what it does to the schema belay out of {migration.FileName}, then ./build.sh Migrate");
        }
    }

    /// <returns>Whether the tables are those that an earlier file wrote to, so that they are as they should be.</returns>
    private async Task<bool> EnsureHistoryAsync(MigrationSession session, HistoryMark history, CancellationToken cancellationToken)
    {
        if (context.History is { } earlier && history.HasAsIn(earlier, Tables))
        {
            return true;
        }

        await HistorySchema.EnsureAsync(session.Connection, Tables, cancellationToken);
        return false;
    }

    private async Task CheckAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        if (await job.FailedChecksAsync(session.Connection, cancellationToken) is { } failed)
        {
            throw new MigrationException(
                $"{migration.FileName} ran, but its checks failed:\n{failed}\n"
                + $"Rolled back: database as before.{context.AppliedSoFar}",
                ExitCodes.MigrationRolledBack,
                $"correct {migration.FileName} or {migration.Verify?.FileName}, then ./build.sh Migrate");
        }
    }

    /// <summary>After COMMIT, because until then SET and SET LOCAL look alike. A session with settings that differ ends here, so that
    /// nothing reaches the next file.</summary>
    /// <returns>Whether the session is kept for the next file.</returns>
    private async Task<bool> KeepAsync(MigrationSession session)
    {
        if (!session.IsOpen)
        {
            return false;
        }

        try
        {
            var (isKept, differences) = await sessions.KeepAsync(session, script.Statements);
            if (differences.Count > 0)
            {
                context.Output.Warn(
                    $"{migration.FileName} left session settings behind (use SET LOCAL): {string.Join("; ", differences)}. They end with "
                        + "its session.");
            }

            return isKept;
        }
        catch (NpgsqlException exception)
        {
            context.Output.Warn(
                $"{migration.FileName} is applied; its session ended before its settings could be read: {exception.Message}");
            return false;
        }
    }

    private bool IsWorthAnotherTry(PostgresException exception)
        => exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            || (gaveUp && exception.SqlState == PostgresErrorCodes.QueryCanceled);

    private MigrationException Failure(ScriptStatement? statement, string? own, Exception exception, string addition)
    {
        var text = own is null
            ? FailureText.Of(migration.Script, statement, exception)
            : FailureText.OfOwn(migration.Script, own, exception);
        var hint = new FailureHint(
            migration.FileName,
            job.StatementTimeout,
            "./build.sh Migrate") { HasTransaction = script.Begin is not null, GaveUp = gaveUp, Own = own };
        return new MigrationException(
            $"{text}{addition}\nRolled back: database as before.{context.AppliedSoFar}",
            ExitCodes.MigrationRolledBack,
            hint.Of(exception),
            exception)
        {
            SqlState = (exception as PostgresException)?.SqlState,
        };
    }
}
