namespace Belay.Bench.Backups;

/// <summary>Programs of this machine that Belay does not need and is measured against.</summary>
internal static class InstalledProgram
{
    /// <summary>The path of a program on <c>PATH</c>; null when it is not installed.</summary>
    public static string? Find(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
