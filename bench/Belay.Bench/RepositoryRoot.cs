namespace Belay.Bench;

/// <summary>Finds the checkout that this program was built in.</summary>
internal static class RepositoryRoot
{
    /// <summary>The nearest parent of the program with the solution in it; the current folder if there is none.</summary>
    public static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Belay.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? Environment.CurrentDirectory;
    }
}
