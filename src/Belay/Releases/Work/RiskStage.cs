using Belay.Migrations;
using Belay.Rehearsal;
using Belay.Risks;
using Belay.Sql;

namespace Belay.Releases.Work;

/// <summary>Tries the pending migrations in a transaction that is rolled back, and tells what they risk.</summary>
internal static class RiskStage
{
    /// <summary>Tries them.</summary>
    /// <param name="held">The runner lock; null has the trial wait for it.</param>
    /// <exception cref="RiskException">Risks are refused, and a file does not accept one.</exception>
    public static async Task<TrialOutcome> TryAsync(
        ReleaseRun run, IReadOnlyList<Migration> files, RunnerLock? held, CancellationToken cancellationToken)
    {
        var outcome = await new RiskTrial(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
        {
            Risks = run.Settings.Risks,
            Watches = run.Settings.Risks.Policy != RiskPolicy.Ignore,
            Lock = held,
        }.RunAsync(files, cancellationToken);
        Tell(run, outcome.Risks);
        if (run.Settings.Risks.Policy == RiskPolicy.Refuse)
        {
            outcome.Risks?.Demand();
        }

        return outcome;
    }

    /// <summary>Looks for risks in what a rehearsal has shown, also outside transactions. What would be lost is counted in the database
    /// itself.</summary>
    /// <exception cref="RiskException">Risks are refused, and a file does not accept one.</exception>
    public static async Task LookAsync(ReleaseRun run, RehearsalReport report, CancellationToken cancellationToken)
    {
        if (run.Settings.Risks.Policy == RiskPolicy.Ignore || report.Files.Count == 0)
        {
            return;
        }

        var found = await new RiskFinder(run.Settings.Risks, new LossCounter(run.Connector)) { Refilled = report.Refilled }
            .FindAsync(report.Files, report.Statements, OutsideStatements.Uncounted(report.Files), cancellationToken);
        Tell(run, found);
        if (run.Settings.Risks.Policy == RiskPolicy.Refuse)
        {
            found.Demand();
        }
    }

    /// <summary>Shows and records them.</summary>
    /// <param name="report">Null when nobody looked.</param>
    public static void Tell(ReleaseRun run, RiskReport? report)
    {
        if (report is not null)
        {
            report.Tell(run.Output);
            run.Record.Risked([report.Summary, .. report.Lines]);
        }
    }
}
