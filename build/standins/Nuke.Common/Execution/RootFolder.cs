namespace Nuke.Common.Execution;

/// <summary>Finds the folder that holds <c>.nuke</c>.</summary>
internal static class RootFolder
{
    /// <summary>The nearest folder with <c>.nuke</c>, from the first start that has one.</summary>
    /// <param name="starts">Folders to climb up from, in their order; null ones are left out.</param>
    /// <returns>Null when there is none.</returns>
    public static string? Find(params IEnumerable<string?> starts) => starts.Select(Climb).FirstOrDefault(folder => folder is not null);

    /// <summary>The root for code that asks before the engine has read the command line.</summary>
    public static string FindForProcess()
        => Environment.GetEnvironmentVariable("NUKE_ROOT") is { Length: > 0 } root
            ? Path.GetFullPath(root)
            : Find(Environment.CurrentDirectory, AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    private static string? Climb(string? folder)
    {
        while (folder is not null && !Directory.Exists(Path.Combine(folder, ".nuke")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
