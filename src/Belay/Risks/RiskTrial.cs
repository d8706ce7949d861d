using Belay.Migrations;
using Belay.Migrations.DryRuns;
using Belay.Migrations.Observation;
using Belay.Postgres;
using Belay.Sql;

namespace Belay.Risks;

/// <summary>Tries the pending migrations in a dry run and looks for risks.</summary>
internal sealed class RiskTrial(DatabaseConnector connector, MigrationSettings settings, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>What counts as a risk.</summary>
    public RiskSettings Risks { get; init; } = new();

    /// <summary>Whether statements are watched, without which there are no risks. The default is yes.</summary>
    public bool Watches { get; init; } = true;

    /// <summary>The runner lock, when the caller holds it; null has the trial wait for it.</summary>
    public RunnerLock? Lock { get; init; }

    /// <summary>Tries them.</summary>
    /// <exception cref="BelayException">A migration would fail, or accepts a risk that does not exist.</exception>
    public async Task<TrialOutcome> RunAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var observer = new StatementObserver(connector, timeProvider) { KeepsLocks = true };
        var outcome = await new DryRunner(connector, settings, output, timeProvider) { Observer = Watches ? observer : null, Lock = Lock }
            .RunAsync(files, cancellationToken);
        var finder = new RiskFinder(Risks, new LossCounter(connector)) { Refilled = observer.Refilled };
        return new TrialOutcome(outcome, observer.Statements)
        {
            Risks = !Watches || Risks.Policy == RiskPolicy.Ignore
                ? null
                : await finder.FindAsync(
                    outcome.Pending,
                    observer.Statements,
                    [.. OutsideStatements.Doubtful(outcome.Unseen, outcome.Pending), .. Unseen(outcome, observer)],
                    cancellationToken),
        };
    }

    /// <summary>The files of which a server saw nothing that counts no rows.</summary>
    private static IEnumerable<UntriedFile> Unseen(DryRunOutcome outcome, StatementObserver observer)
        => observer.CountsRows ? [] : outcome.Passed.Select(file => new UntriedFile(
            file, file, "runs where the server counts no rows that are read, updated or deleted (track_counts is off)"));
}
