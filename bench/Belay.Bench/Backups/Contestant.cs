namespace Belay.Bench.Backups;

/// <summary>A command that backs the database up.</summary>
internal sealed record Contestant
{
    /// <summary>The letter in ratios, or the codec.</summary>
    public required string Key { get; init; }

    /// <summary>What runs, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Program and arguments, without any secret.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The variables that it gets.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Why it does not run on this machine, and what to type; null when it runs.</summary>
    public string? LeftOut { get; init; }

    /// <summary>The bytes that the last run stored; makes room for the next run.</summary>
    public Func<CancellationToken, Task<long>> CollectAsync { get; init; } = _ => Task.FromResult(0L);
}
