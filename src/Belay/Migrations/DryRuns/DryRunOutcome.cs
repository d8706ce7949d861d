using Belay.Schema;
using Belay.Sql;

namespace Belay.Migrations.DryRuns;

/// <summary>What a dry run tried. Nothing of it was kept.</summary>
/// <param name="Passed">The files that would pass, in order.</param>
/// <param name="Planned">The files that run outside a transaction, of which only the plan was printed.</param>
/// <param name="Untried">The files that could not be tried truthfully.</param>
internal sealed record DryRunOutcome(IReadOnlyList<string> Passed, IReadOnlyList<string> Planned, IReadOnlyList<string> Untried)
{
    /// <summary>The migrations that were pending, in order.</summary>
    public IReadOnlyList<Migration> Pending { get; init; } = [];

    /// <summary>Those that were not tried, with the reason of each.</summary>
    public IReadOnlyList<UntriedFile> Unseen { get; init; } = [];

    /// <summary>What would change in it; null where it could not be read.</summary>
    public SchemaDifference? Changes { get; init; }

    /// <summary>What would change, for a terminal.</summary>
    public IReadOnlyList<string> SchemaLines => Changes is null ? []
        : Changes.IsEmpty ? ["Schema: would not change"]
        : [$"Schema: would change, {Changes.Summary}", .. Changes.Shown.Select(line => $"  {line}")];

    /// <summary>The counts as one fact: <c>2 would pass, 1 planned, 1 not tried</c>.</summary>
    public string Summary => $"{Passed.Count} would pass, {Planned.Count} planned, {Untried.Count} not tried";
}
