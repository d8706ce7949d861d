using Belay.Migrations.DryRuns;
using Belay.Migrations.Observation;

namespace Belay.Risks;

/// <summary>What rules look at: one statement that ran in a trial, or one file that did not.</summary>
internal sealed record RiskEvidence
{
    /// <summary>What the statement did; null for a file that did not run.</summary>
    public ObservedStatement? Statement { get; init; }

    /// <summary>The statements that follow it in the same transaction.</summary>
    public IReadOnlyList<ObservedStatement> Later { get; init; } = [];

    /// <summary>The names of tables and views that another one has got.</summary>
    public IReadOnlySet<string> Refilled { get; init; } = new HashSet<string>();

    /// <summary>How many of its rows each table has lost so far, less those that it got meanwhile.</summary>
    public IReadOnlyDictionary<string, long> Gone { get; init; } = new Dictionary<string, long>();

    /// <summary>The file that did not run; null for a statement.</summary>
    public UntriedFile? Untried { get; init; }

    /// <summary>Where it stands.</summary>
    public string Place => Statement?.Place ?? Untried!.Place;

    /// <summary>The script's file name.</summary>
    public string File => Statement?.File ?? Untried!.File;

    /// <summary>What the statement did to each table and view.</summary>
    public IReadOnlyList<TableEffect> Effects => Statement?.Effects ?? [];

    /// <summary>The tables with rows of which something holds, each with its size.</summary>
    /// <param name="what">What happens to it.</param>
    public IEnumerable<RiskSubject> Tables(Func<TableEffect, bool> which, Func<TableEffect, string> what)
        => Effects.Where(effect => effect.HasRows && which(effect))
            .Select(effect => new RiskSubject(what(effect), effect.Bytes) { Table = effect });
}
