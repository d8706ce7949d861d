using Belay.History;
using Belay.Migrations.Failures;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Runs a migration outside a transaction: one statement per round trip, each written into the journal before and after.</summary>
internal sealed class JournaledMigration(MigrationJob job, SessionKeeper sessions)
{
    private readonly RunContext context = job.Context;
    private readonly Migration migration = job.Migration;
    private readonly IReadOnlyList<ScriptStatement> statements = MigrationScript.Read(job.Migration.Text, noTransaction: true).Statements;
    private int done;
    private bool began;
    private JournaledStatement? running;
    private string? own;

    private string GoBack => $"./build.sh Restore --backup {context.BackupId} --dry-run shows what going back to the backup would lose";

    public async Task<AppliedMigration> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunAllAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw began ? Failure(null, exception, ExitCodes.MigrationPartWay) : Untouched(exception);
        }
    }

    private async Task<AppliedMigration> RunAllAsync(CancellationToken cancellationToken)
    {
        var started = context.TimeProvider.GetTimestamp();
        var journal = new StatementJournal(await sessions.JournalAsync(cancellationToken), migration.Version, job.Purpose.Table);
        await journal.CreateAsync(context.History, cancellationToken);
        var session = await sessions.TakeAsync(statements, job.Checks, cancellationToken);
        var isKept = false;
        try
        {
            var applied = await RunAllAsync((session, journal), started, cancellationToken);
            isKept = await sessions.TryKeepAsync(session);
            return applied;
        }
        finally
        {
            await (isKept ? ValueTask.CompletedTask : session.DisposeAsync());
        }
    }

    private async Task<AppliedMigration> RunAllAsync(
        (MigrationSession Session, StatementJournal Journal) place, long started, CancellationToken cancellationToken)
    {
        var (session, journal) = place;
        var carcasses = new IndexCarcasses(context, session);
        var before = await session.BeginningAsync(cancellationToken);
        await SetTimeoutsAsync(session, cancellationToken);
        var isCounted = context.IsCounted && statements.All(statement => statement.Shape.IsPlain);
        began = (await journal.ReadAsync(cancellationToken)).Count > 0;
        done = await new JournalResume(job, journal, session.Connection).FindAsync(statements, cancellationToken);
        await RepeatSettingsAsync(session, cancellationToken);
        for (; done < statements.Count; done++)
        {
            var exitCode = done == 0 ? ExitCodes.MigrationRolledBack : ExitCodes.MigrationPartWay;
            await job.Lock.DemandAsync(() => $"{Standing(exitCode, "did not run")}{context.AppliedSoFar}", exitCode, cancellationToken);
            began = true;
            if (done > 0)
            {
                await TransactionLimits.KeepRunAsync(session, statements[done - 1], job.StatementTimeout, cancellationToken);
            }

            running = new JournaledStatement(context, session, journal, carcasses)
            {
                Name = migration.FileName,
                LockTimeout = job.LockTimeout,
                Settings = before,
                IsCounted = isCounted,
            };
            await running.RunAsync(statements[done], done + 1, Failure, cancellationToken);
        }

        own = "writing the history";
        await SessionSettings.RestoreAsync(session.Connection, before, cancellationToken);
        await CheckAsync(session, cancellationToken);
        var entry = new HistoryEntry(migration, context.TimeProvider.GetElapsedTime(started), context.BackupId)
        {
            Fits = context.KeepsAnyVersion,
        };
        return await job.Purpose.EndAsync(session.Connection, entry, cancellationToken);
    }

    private async Task SetTimeoutsAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"SET lock_timeout = {(long)job.LockTimeout.TotalMilliseconds}; SET statement_timeout = "
                + $"{(long)job.StatementTimeout.TotalMilliseconds}", cancellationToken);
    }

    /// <summary>SET belongs to the session, so a resumed run needs those that ran in the earlier session again.</summary>
    private async Task RepeatSettingsAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        if (done == 0)
        {
            return;
        }

        context.Output.Line(
            $"{migration.FileName}: {done} of {Quantity.Count(statements.Count, "statement")} ran before; journal and catalogue agree");
        foreach (var statement in statements.Take(done).Where(statement => statement.Shape.Words is ["SET" or "RESET", ..]))
        {
            await session.RunAsync(statement, cancellationToken);
            await TransactionLimits.KeepRunAsync(session, statement, job.StatementTimeout, cancellationToken);
        }
    }

    private async Task CheckAsync(MigrationSession session, CancellationToken cancellationToken)
    {
        if (await job.FailedChecksAsync(session.Connection, cancellationToken) is { } failed)
        {
            throw new MigrationException(
                $"{migration.FileName} ran outside a transaction and stays, but its checks "
                    + $"failed:\n{failed}{context.AppliedSoFar}",
                ExitCodes.MigrationPartWay,
                $"correct {migration.Verify?.FileName} or the database, then ./build.sh Migrate runs the checks again; or {GoBack}");
        }
    }

    private MigrationException Untouched(NpgsqlException exception) => new(
        $"{FailureText.OfOwn(migration.Script, "making ready its journal", exception)}\nNothing was changed.{context.AppliedSoFar}",
        ExitCodes.MigrationRolledBack,
        $"put right in the database what the message says, then {job.Purpose.Command}",
        exception)
    {
        SqlState = (exception as PostgresException)?.SqlState,
    };

    private MigrationException Failure(ScriptStatement? statement, NpgsqlException exception, int exitCode) => new(
        $"{(own is null ? FailureText.Of(migration.Script, statement, exception) : FailureText.OfOwn(migration.Script, own, exception))}\n"
            + Standing(exitCode, CommittingBlock.IsDoubtful(statement, exception) ? $"failed and {CommittingBlock.Doubt}" : "failed")
            + context.AppliedSoFar,
        exitCode,
        Hint(statement, exception, exitCode),
        exception)
    {
        SqlState = (exception as PostgresException)?.SqlState,
    };

    private string Hint(ScriptStatement? statement, NpgsqlException exception, int exitCode)
    {
        if (CommittingBlock.IsDoubtful(statement, exception))
        {
            return CommittingBlock.Hint(job, done + 1);
        }

        var next = exitCode == ExitCodes.MigrationRolledBack ? job.Purpose.Command : $"{job.Purpose.Command} goes on with it; or {GoBack}";
        return new FailureHint(
            migration.FileName, job.StatementTimeout, next) { IsOutside = true, GaveUp = running?.GaveUp is true, Own = own }.Of(exception);
    }

    private string Standing(int exitCode, string next) => exitCode == ExitCodes.MigrationRolledBack
        ? "Rolled back: database as before."
        : $"Stopped part-way, outside a transaction: {done} of {Quantity.Count(statements.Count, "statement")} ran.\n"
            + string.Join(
                '\n',
                statements.Select(
                    (statement, index) => $"  line {statement.Position.Line}: {statement.Shape.Title} {Outcome(index, next)}"));

    private string Outcome(int index, string next) => index < done ? "ran" : index == done ? next : "did not run";
}
