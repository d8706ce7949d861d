using Belay.History;
using Belay.Migrations.Effects;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Decides where an interrupted migration goes on: after the last statement that journal and catalogue confirm.</summary>
internal sealed class JournalResume(MigrationJob job, StatementJournal journal, NpgsqlConnection connection)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly RunContext context = job.Context;
    private readonly Migration migration = job.Migration;

    /// <summary>How many of the statements are done.</summary>
    /// <exception cref="MigrationException">A statement that ran was changed since, still runs, or has
    /// an outcome that nobody knows.</exception>
    public async Task<int> FindAsync(IReadOnlyList<ScriptStatement> statements, CancellationToken cancellationToken)
    {
        var rows = await WaitForRunningAsync(cancellationToken);
        var confirmed = rows.Where(row => row.Succeeded).Select(row => row.Position).DefaultIfEmpty().Max();
        foreach (var row in rows)
        {
            DemandCertain(row);
            if (row.HasFailed && !IsUnchanged(row, statements))
            {
                return row.Position - 1;
            }

            DemandUnchanged(row, statements);
            if (row.Position >= confirmed && !await IsDoneAsync(row, statements[row.Position - 1], cancellationToken))
            {
                return row.Position - 1;
            }
        }

        return rows.Count;
    }

    private async Task<IReadOnlyList<JournalRow>> WaitForRunningAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JournalRow> rows = [];
        JournalRow? running = null;
        var announced = false;
        var polling = new Polling(context.TimeProvider) { Pause = PollInterval, Patience = context.Settings.RunnerWait };
        if (await polling.UntilAsync(LookAsync, cancellationToken))
        {
            return rows;
        }

        throw Refusal(
            $"statement {running!.Position} of an earlier run still runs in pid {running.ProcessId}",
            $"wait for it, or end it with SELECT pg_cancel_backend({running.ProcessId}), then {job.Purpose.Command}");

        async Task<bool> LookAsync()
        {
            rows = await journal.ReadAsync(cancellationToken);
            running = rows.FirstOrDefault(row => row.IsRunning);
            if (running is not null && !announced && context.Settings.RunnerWait > TimeSpan.Zero)
            {
                context.Output.Line(
                    $"{migration.FileName}: statement {running.Position} of an earlier run still runs in pid {running.ProcessId}; waiting "
                        + "for its end");
                announced = true;
            }

            return running is null;
        }
    }

    private static bool IsUnchanged(JournalRow row, IReadOnlyList<ScriptStatement> statements)
        => row.Position <= statements.Count && StatementJournal.Hash(statements[row.Position - 1]) == row.Sha256;

    private void DemandUnchanged(JournalRow row, IReadOnlyList<ScriptStatement> statements)
    {
        if (!IsUnchanged(row, statements))
        {
            throw Refusal(
                $"statement {row.Position} ran in an earlier run and was changed or moved since",
                "put the statements that ran back as they were; only the failed one and those after it may change");
        }
    }

    /// <summary>Also when the statement was corrected since: that undoes nothing of what it had committed.</summary>
    private void DemandCertain(JournalRow row)
    {
        if (row.MayHaveCommitted)
        {
            throw Refusal(
                $"statement {row.Position} ({row.FirstWords}) failed in an earlier run with SQLSTATE {row.SqlState}, and "
                    + $"{CommittingBlock.Doubt}",
                CommittingBlock.Hint(job, row.Position));
        }
    }

    private async Task<bool> IsDoneAsync(JournalRow row, ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (IndexBuild.Of(statement.Sql) is { } index)
        {
            return !row.HasFailed && await new IndexCatalog(connection).IsValidAsync(index, cancellationToken) is true;
        }

        if (row.Succeeded || row.IsMistake)
        {
            return row.Succeeded;
        }

        if (await new StatementEffect(connection).HasHappenedAsync(statement, cancellationToken) is { } happened)
        {
            return happened;
        }

        if (row.HasFailed
            || !statement.Shape.RunsAloneOn(connection.PostgreSqlVersion.Major)
            || statement.Shape.OutsideOnly is "VACUUM" or "REINDEX CONCURRENTLY")
        {
            return false;
        }

        throw Refusal(
            $"line {statement.Position.Line}: {statement.Shape.Title} began in an earlier run, and nobody knows whether it ended",
            CommittingBlock.Hint(job, row.Position));
    }

    private MigrationException Refusal(string what, string hint) => new(
        $"{migration.Path} stopped part-way before, and cannot go on: {what}. Nothing was changed by this run.{context.AppliedSoFar}",
        ExitCodes.MigrationPartWay,
        hint);
}
