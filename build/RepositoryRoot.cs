/// <summary>Finds the folder that holds <c>.nuke</c>, as the engine does later, for what must be read before it starts.</summary>
static class RepositoryRoot
{
    /// <summary>The nearest parent of the build assembly or the current folder with a <c>.nuke</c> folder;
    /// the current folder if there is none.</summary>
    public static string Find()
        => Climb(Environment.CurrentDirectory) ?? Climb(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    private static string? Climb(string? folder)
    {
        while (folder is not null && !Directory.Exists(Path.Combine(folder, ".nuke")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
