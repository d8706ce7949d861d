using Belay;

/// <summary>The folder that the engine takes for the repository's root: one for each process, gone at its end.</summary>
/// <remarks>
/// NUKE holds its log file open, so that a second command of the same checkout fails; it rewrites <c>.nuke/build.schema.json</c>, notes in
/// <c>.nuke/temp</c> which targets ran, and takes its command line from a file there when there is one.
/// Nothing of this is wanted in the checkout.
/// </remarks>
sealed class EngineFolder : IDisposable
{
    private const string Prefix = "engine-";

    // The exact name goes before every other spelling in NUKE; the stand-in reads the second alone.
    private static readonly string[] RootVariables = ["Root", "NUKE_ROOT"];
    private readonly WorkFolder folder;

    private EngineFolder(WorkFolder folder) => this.folder = folder;

    /// <summary>Makes the folder and shows it to the engine.</summary>
    /// <param name="profiles">The profiles of this run. NUKE demands a file of each; what stands in the
    /// real ones has been read and checked.</param>
    public static EngineFolder Create(string rootFolder, IEnumerable<string> profiles)
    {
        var folder = CreateWhereWritable(rootFolder);
        var parameters = Directory.CreateDirectory(folder.PathOf(".nuke")).FullName;
        foreach (var profile in profiles)
        {
            File.WriteAllText(Path.Combine(parameters, $"parameters.{profile}.json"), "{}");
        }

        SetRoot(folder.Path);
        return new EngineFolder(folder);
    }

    /// <summary>Takes the variables back that led the engine here: a program that a stage starts may use one of its own.</summary>
    public static void Forget() => SetRoot(null);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static WorkFolder CreateWhereWritable(string rootFolder)
    {
        try
        {
            return WorkFolder.Create(Path.Combine(rootFolder, ".nuke", "temp"), Prefix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A checkout that can't be written, or whose disk is full, is still good for Status and --help.
            return WorkFolder.Create(Path.GetTempPath(), $"belay-{Prefix}");
        }
    }

    private static void SetRoot(string? path) => Array.ForEach(RootVariables, name => Environment.SetEnvironmentVariable(name, path));
}
