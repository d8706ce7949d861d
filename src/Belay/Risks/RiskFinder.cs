using Belay.Migrations.DryRuns;
using Belay.Migrations.Observation;
using Belay.Sql;

namespace Belay.Risks;

/// <summary>Holds what a trial has shown against every rule.</summary>
/// <param name="counter">Counts what would be lost.</param>
internal sealed class RiskFinder(RiskSettings settings, LossCounter counter)
{
    private const int Shown = 3;

    private readonly Dictionary<string, long> gone = new(StringComparer.Ordinal);

    /// <summary>The names of tables and views that another one has got.</summary>
    public required IReadOnlySet<string> Refilled { get; init; }

    /// <summary>Finds the risks.</summary>
    /// <param name="pending">The migrations of the trial, in order.</param>
    /// <param name="statements">What their statements did.</param>
    /// <param name="untried">Those that did not run.</param>
    public async Task<RiskReport> FindAsync(
        IReadOnlyList<Migration> pending,
        IReadOnlyList<ObservedStatement> statements,
        IReadOnlyList<UntriedFile> untried,
        CancellationToken cancellationToken)
    {
        AcceptedRules.Demand(pending);
        var risks = new List<Risk>();
        foreach (var file in pending)
        {
            foreach (var evidence in EvidenceOf(file, statements, untried))
            {
                risks.AddRange(await FindAsync(evidence, file.Directives.Accepted, cancellationToken));
            }
        }

        return new RiskReport(
            risks,
            [
                .. pending.Where(file => untried.All(one => one.File != file.FileName)).SelectMany(file => file.Directives.Accepted
                    .Where(one => !risks.Any(risk => risk.File == file.FileName && risk.Rule == one.Rule))
                    .Select(one => $"{one.Place}: accepts {one.Rule}, which was not found")),
            ]);
    }

    private IEnumerable<RiskEvidence> EvidenceOf(
        Migration file, IReadOnlyList<ObservedStatement> statements, IReadOnlyList<UntriedFile> untried)
    {
        var own = statements.Where(one => one.File == file.FileName).ToList();
        for (var index = 0; index < own.Count; index++)
        {
            yield return new RiskEvidence
            {
                Statement = own[index],
                Later = file.Directives.NoTransaction ? [] : own[(index + 1)..],
                Refilled = Refilled,
                Gone = TakeAway(own[index]),
            };
        }

        foreach (var one in untried.Where(one => one.File == file.FileName))
        {
            yield return new RiskEvidence { Untried = one };
        }
    }

    private Dictionary<string, long> TakeAway(ObservedStatement statement)
    {
        foreach (var effect in statement.Effects)
        {
            gone[effect.Table] = gone.GetValueOrDefault(effect.Table) + effect.RowsDeleted - effect.RowsInserted;
        }

        return gone;
    }

    private async Task<IReadOnlyList<Risk>> FindAsync(
        RiskEvidence evidence, IReadOnlyList<MigrationDirectives.AcceptedRule> accepted, CancellationToken cancellationToken)
    {
        var risks = new List<Risk>();
        foreach (var rule in RiskRules.All)
        {
            var subjects = await CountAsync([.. rule.Look(evidence)], cancellationToken);
            if (subjects.Count > 0 && (subjects.Any(one => one.Weight is null) || subjects.Sum(one => one.Weight) >= settings.Size))
            {
                risks.Add(new Risk(rule.Name, evidence.File, evidence.Place, Redaction.Apply(What(subjects)), rule.Safer)
                {
                    Accepted = accepted.Where(one => one.Rule == rule.Name).Select(one => Redaction.Apply(one.Reason)).FirstOrDefault(),
                });
            }
        }

        return risks;
    }

    /// <summary>What would be lost is counted; nothing is no risk, and what cannot be counted is one.</summary>
    private async Task<IReadOnlyList<RiskSubject>> CountAsync(IReadOnlyList<RiskSubject> subjects, CancellationToken cancellationToken)
    {
        var counted = new List<RiskSubject>();
        foreach (var subject in subjects)
        {
            var seen = subject.Lost is not { } lost ? subject
                : lost.Rows is { } rows ? await CompareAsync(subject, lost, rows, cancellationToken)
                : await CountAsync(subject, lost, cancellationToken);
            if (seen is not null)
            {
                counted.Add(seen);
            }
        }

        return counted;
    }

    private async Task<RiskSubject?> CountAsync(RiskSubject subject, LostData lost, CancellationToken cancellationToken)
    {
        var (count, reason) = await counter.CountAsync(lost, cancellationToken);
        var noun = lost.Column is null ? "row" : "value";
        return count == 0 ? null : subject with
        {
            What = count is { } number
                ? $"{subject.What} with {Quantity.Count(number, noun)}"
                : $"{subject.What}, its {noun}s not counted: {reason}",
        };
    }

    /// <summary>The last rows of a table are a risk whatever their size.</summary>
    private async Task<RiskSubject> CompareAsync(RiskSubject subject, LostData lost, long rows, CancellationToken cancellationToken)
    {
        var (hasMore, reason) = await counter.HasMoreAsync(lost.Table, rows, cancellationToken);
        return hasMore switch
        {
            true => subject,
            false => subject with { What = $"{subject.What}, and none stays", Weight = null },
            null => subject with { What = $"{subject.What}, and whether one stays was not seen: {reason}", Weight = null },
        };
    }

    private static string What(IReadOnlyList<RiskSubject> subjects)
        => string.Join("; ", subjects.OrderByDescending(one => one.Weight ?? long.MaxValue).Take(Shown))
            + (subjects.Count <= Shown ? "" : $"; and {subjects.Count - Shown} more");
}
