using Belay.Settings;

namespace Belay.Bench.Backups;

/// <summary>How the suite runs.</summary>
/// <param name="Bytes">The size of the generated database, about.</param>
/// <param name="Rounds">How often each tool runs.</param>
/// <param name="Only">The keys of those that run; empty for all.</param>
internal sealed record SuiteOptions(long Bytes, int Rounds, IReadOnlyList<string> Only)
{
    /// <summary>Reads the options as people write them.</summary>
    /// <param name="size">For example <c>1GB</c>.</param>
    /// <param name="rounds">At least 1.</param>
    /// <param name="only">Keys of the tables' rows with commas between them, for example <c>e,f,zstd:1</c>; null for all.</param>
    /// <exception cref="SettingsException">One of them is wrong.</exception>
    public static SuiteOptions Read(string size, int rounds, string? only)
        => rounds > 0
            ? new SuiteOptions(
                DataSize.Parse(size),
                rounds,
                only?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
            : throw new SettingsException($"{rounds} rounds measure nothing", "./build.sh Bench --suite backup");

    /// <summary>The contestants, of whom those that were not asked for are left out.</summary>
    public IReadOnlyList<Contestant> Choose(IReadOnlyList<Contestant> contestants)
        => Only.Count == 0
            ? contestants
            : [.. contestants.Select(one => Only.Contains(one.Key) ? one : one with { LeftOut = "left out by --only" })];
}
