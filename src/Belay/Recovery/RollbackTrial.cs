using Belay.Migrations;
using Belay.Migrations.DryRuns;
using Belay.Migrations.Failures;
using Belay.Postgres;
using Belay.Schema;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Tries rollback scripts in one transaction that is rolled back.</summary>
internal sealed class RollbackTrial(RunContext context, RollbackPreview preview)
{
    /// <summary>What it means that the schema is not as it was.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Tries them up to the first that runs outside a transaction: what comes after it needs what it does.</summary>
    /// <exception cref="RecoveryException">A script would fail; the database is as before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tried = preview.Steps.TakeWhile(step => !step.Source.NoTransaction).ToList();
        await using var session = await MigrationSession.OpenAsync(context, cancellationToken);
        try
        {
            await RunAsync(session, tried, cancellationToken);
        }
        finally
        {
            await session.RollBackAsync(context.Output);
        }

        if (tried.Count < preview.Steps.Count)
        {
            Plan([.. preview.Steps.Skip(tried.Count)], context.Output);
        }
    }

    /// <summary>Says what a script outside a transaction would send, and what is not tried because of it.</summary>
    public static void Plan(IReadOnlyList<RollbackStep> steps, IReleaseOutput output)
    {
        output.Line($"{steps[0].Source.FileName} runs outside a transaction and is not tried. It would send, one at a time:");
        steps[0].Script.Statements.ToList()
            .ForEach(statement => output.Line($"  line {statement.Position.Line}: {statement.Shape.Title}"));
        foreach (var step in steps.Skip(1))
        {
            output.Warn(
                $"{step.Source.FileName} is not tried: it comes after {steps[0].Source.FileName}, and what that one does is not there");
        }
    }

    private async Task RunAsync(MigrationSession session, IReadOnlyList<RollbackStep> steps, CancellationToken cancellationToken)
    {
        var progress = new RollbackProgress(preview);
        var transaction = new RollbackTransaction(session, context, progress) { Drift = Drift };
        IReadOnlyDictionary<string, string>? before = null;
        foreach (var step in steps)
        {
            try
            {
                if (before is null)
                {
                    before = await SessionSettings.ReadAsync(session.Connection, cancellationToken);
                    await TellAsync(step, transaction.RunAsync(step, cancellationToken));
                }
                else
                {
                    // In a rollback every script has a session of its own.
                    await SessionSettings.RefreshAsync(session.Connection, before, cancellationToken);
                    await TellAsync(step, transaction.GoOnAsync(step, cancellationToken));
                }

                await DryRunAttempt.CheckDeferredAsync(session, cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                throw new RecoveryException(
                    $"{FailureText.Of(step.Source, session.Current, exception)}\n{progress.RolledBack}",
                    Hint(step).Of(exception),
                    exception);
            }
        }
    }

    private async Task TellAsync(RollbackStep step, Task<string> trial)
        => context.Output.Line($"      {step.Name} would be rolled back{await trial}");

    private FailureHint Hint(RollbackStep step)
        => new(step.Source.FileName, step.StatementTimeoutOf(context.Settings), $"{preview.Command.Split(" --confirm")[0]} --dry-run")
        {
            HasTransaction = step.Script.Begin is not null,
        };
}
