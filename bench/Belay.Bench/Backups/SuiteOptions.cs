using Belay.Settings;

namespace Belay.Bench.Backups;

/// <summary>How the suite runs.</summary>
/// <param name="Bytes">The size of the generated database, about.</param>
/// <param name="Rounds">How often each tool runs.</param>
internal sealed record SuiteOptions(long Bytes, int Rounds)
{
    /// <summary>Reads the options as people write them.</summary>
    /// <param name="size">For example <c>1GB</c>.</param>
    /// <param name="rounds">At least 1.</param>
    /// <exception cref="SettingsException">One of them is wrong.</exception>
    public static SuiteOptions Read(string size, int rounds)
        => rounds > 0
            ? new SuiteOptions(DataSize.Parse(size), rounds)
            : throw new SettingsException($"{rounds} rounds measure nothing", "./build.sh Bench --suite backup");
}
