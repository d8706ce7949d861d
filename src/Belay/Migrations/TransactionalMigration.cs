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

    private bool IsPlain => script.Statements.All(statement => statement.Shape.IsPlain);

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
            catch (PostgresException exception) when (session.HasLostPrepared(exception))
            {
                await session.RollBackAsync(context.Output);
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
            return await sessions.TakeAsync(script.Statements, job.Checks, cancellationToken);
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
        var entry = new HistoryEntry(migration, context.TimeProvider.GetElapsedTime(started), context.BackupId);
        var (ended, written) = await EndAsync(session, before, (begun, entry), cancellationToken);
        var fits = context.KeepsAnyVersion && written is not null;
        var applied = written ?? await session.OwnAsync(Writing, async () =>
        {
            await CheckAsync(session, cancellationToken);
            fits = await EnsureHistoryAsync(session, ended.Mark!, cancellationToken) && context.KeepsAnyVersion;
            entry = entry with { Fits = fits, Duration = context.TimeProvider.GetElapsedTime(started) };
            return await MigrationHistory.InsertAsync(session.Connection, entry, cancellationToken);
        });
        await job.Lock.ConfirmAsync(
            () => $"Rolled back: database as before.{context.AppliedSoFar}", ExitCodes.MigrationRolledBack, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await new MigrationCommit(job).RunAsync(session, sessions.Looking());
        context.History = ended.Mark;
        context.KeepsAnyVersion = fits || !HistorySchema.FitsAnyTable(migration.Version);
        return applied;
    }

    private async Task<TransactionLook> BeginAsync(MigrationSession session, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        IEnumerable<SqlStep> begin = [new(script.Begin ?? "BEGIN")];
        foreach (var statement in script.Statements.TakeWhile(TransactionLimits.SetsModes))
        {
            if (begin.Any())
            {
                var limits = TransactionLimits.Each(lockTimeout, job.StatementTimeout).Select(limit => new SqlStep(limit));
                await session.RunAsync(begin.Concat(limits), cancellationToken);
                begin = [];
            }

            await session.RunAsync(statement, cancellationToken);
        }

        var look = new TransactionLook(new HistoryLook(context.History) { CountsChanges = context.IsCounted && IsPlain });
        void Failed() => session.FailAt("looking at the history");
        var limit = TransactionLimits.Query(lockTimeout, job.StatementTimeout);
        await session.RunAsync([.. begin, .. look.Steps(limit, Failed, cancellationToken)], cancellationToken);
        if (look.FurtherSteps(cancellationToken) is { Count: > 0 } further)
        {
            await session.RunAsync(further.Select(step => step with { Failed = Failed }), cancellationToken);
        }

        return look;
    }

    /// <summary>Looks after the script, and gives what follows the role and the search path of before. Where nothing stands between the
    /// look and the history's row, that is written in the same round trip, and is worth nothing before the look is judged. At its end it is
    /// asked for the runner lock.</summary>
    private async Task<(TransactionLook Ended, AppliedMigration? Written)> EndAsync(
        MigrationSession session,
        IReadOnlyDictionary<string, string> before,
        (TransactionLook Begun, HistoryEntry Entry) of,
        CancellationToken cancellationToken)
    {
        AppliedMigration? written = null;
        var guard = new TransactionGuard(migration, () => context.AppliedSoFar);
        void Failed() => session.FailAt(Writing);
        var restoring = SessionSettings.RestoringForTransaction(before);
        var look = of.Begun.Next();
        IEnumerable<SqlStep> row = MayWriteAtOnce(of.Begun.Mark!)
            ? [MigrationHistory.Inserting(session.Connection, of.Entry with { Transaction = of.Begun.Number }, one => written = one)]
            : [];
        try
        {
            await session.RunAsync(
                [
                    .. look.Steps(restoring, Failed, cancellationToken),
                    .. row.Concat(job.Lock.Asking()).Select(step => step with { Failed = Failed }),
                ],
                cancellationToken);
        }
        catch (PostgresException)
        {
            guard.Demand(of.Begun, look);
            throw;
        }

        guard.Demand(of.Begun, look);
        return (look, written);
    }

    private bool MayWriteAtOnce(HistoryMark history)
        => job.Checks.Count == 0 && !migration.IsRepeatable && HasTables(history)
            && (context.KeepsAnyVersion || HistorySchema.FitsAnyTable(migration.Version));

    private async Task RunScriptAsync(MigrationSession session, LockPatience patience, CancellationToken cancellationToken)
    {
        gaveUp = false;
        var watcher = new LockWatcher(new(context, session, migration.FileName, patience), cancellationToken);
        try
        {
            foreach (var statement in script.Statements.SkipWhile(TransactionLimits.SetsModes))
            {
                await session.RunAsync(statement, cancellationToken);
                await TransactionLimits.KeepAsync(
                    session, statement, (patience.Limit, job.LockTimeout, job.StatementTimeout), cancellationToken);
            }
        }
        finally
        {
            await watcher.DisposeAsync();
            gaveUp = watcher.GaveUp;
        }

        patience.Tell(migration.FileName);
    }

    /// <returns>Whether the tables are those that an earlier file wrote to, so that they are as they should be.</returns>
    private async Task<bool> EnsureHistoryAsync(MigrationSession session, HistoryMark history, CancellationToken cancellationToken)
    {
        if (HasTables(history))
        {
            return true;
        }

        await HistorySchema.EnsureAsync(session.Connection, Tables, cancellationToken);
        return false;
    }

    private bool HasTables(HistoryMark history) => context.History is { } earlier && history.HasAsIn(earlier, Tables);

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
            var (isKept, differences) = await sessions.KeepAsync(session);
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
