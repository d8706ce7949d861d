using Belay.Layouts;
using Belay.Settings;

namespace Belay.Bench.Histories;

/// <summary>Which histories run, and how often.</summary>
/// <param name="Folder">A folder of migrations, or of such folders.</param>
/// <param name="Rounds">How often each tool runs.</param>
internal sealed record HistoryOptions(string Folder, string Layout, int Rounds)
{
    /// <summary>Reads the options as people write them.</summary>
    /// <exception cref="SettingsException">One of them is wrong.</exception>
    public static HistoryOptions Read(string? folder, string layout, int rounds)
    {
        var faults = new List<string>();
        if (folder is null || !Directory.Exists(folder))
        {
            faults.Add(
                folder is null
                    ? "The suite has no histories of its own: --histories names a folder"
                    : $"There is no folder {Path.GetFullPath(folder)}");
        }

        if (!MigrationFolder.LayoutNames.Contains(layout))
        {
            faults.Add($"--layout is \"{layout}\": it must be one of {string.Join(", ", MigrationFolder.LayoutNames)}");
        }

        if (rounds < 1)
        {
            faults.Add($"{rounds} rounds measure nothing");
        }

        return faults.Count == 0
            ? new HistoryOptions(Path.GetFullPath(folder!), layout, rounds)
            : throw new SettingsException(faults, "./build.sh Bench --suite history --histories <folder> [--layout <name>]");
    }

    /// <summary>The folder itself when it has scripts, otherwise each folder in it.</summary>
    public IReadOnlyList<string> Folders()
        => Directory.EnumerateFiles(Folder, "*.sql").Any(name => !name.EndsWith(History.BeforeEnding, StringComparison.Ordinal))
            || File.Exists(Path.Combine(Folder, "sqitch.plan"))
            || PsqlFolders.Read(Folder) is not null
            ? [Folder]
            : [.. Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal)];
}
