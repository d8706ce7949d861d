using Belay.Arguments;

namespace Belay.Tool;

/// <summary>The folder that a run starts from.</summary>
internal sealed record ToolRoot(string Folder)
{
    /// <summary>The file with the settings of a repository that has no NUKE build.</summary>
    public const string SettingsFile = "belay.json";

    private const string EngineFolder = ".nuke";

    /// <summary>The parameters file, without <c>.json</c>: <c>belay.json</c> where it is, even beside NUKE's own,
    /// whose keys may be another program's.</summary>
    public string ParametersFile => HasSettings ? Path.GetFileNameWithoutExtension(SettingsFile) : $"{EngineFolder}/parameters";

    /// <summary>What to do about an unknown key, where the file may be that of a build of the repository's own.</summary>
    public string? UnknownKeyHint
        => HasSettings ? null : $"put Belay's parameters into {SettingsFile} beside {EngineFolder}: belay reads it in place of that file";

    /// <summary>Where a run keeps what it needs while it runs. A folder <c>.nuke</c> is not made: it would become a root.</summary>
    public string TemporaryFolder => Directory.Exists(Path.Combine(Folder, EngineFolder)) ? TypedProgram.TemporaryInTexts : ".belay/temp";

    private bool HasSettings => File.Exists(Path.Combine(Folder, SettingsFile));

    /// <summary>The folder of <c>--root</c>; else the nearest one upwards with <c>.nuke</c> or <c>belay.json</c>;
    /// else the current one.</summary>
    /// <param name="words">The command line without the program.</param>
    /// <exception cref="Settings.SettingsException"><c>--root</c> names no folder.</exception>
    public static ToolRoot Find(IReadOnlyList<string> words, string currentFolder)
        => new(RootOption.Find(words, currentFolder) ?? Climb(currentFolder, HasMarker) ?? currentFolder);

    /// <summary>As <see cref="Find"/>, but before the current folder comes the nearest one upwards that is a checkout of git.</summary>
    /// <param name="words">The command line without the program.</param>
    /// <exception cref="Settings.SettingsException"><c>--root</c> names no folder.</exception>
    public static ToolRoot FindRepository(IReadOnlyList<string> words, string currentFolder)
        => new(RootOption.Find(words, currentFolder) ?? Climb(currentFolder, HasMarker) ?? Climb(currentFolder, HasGit) ?? currentFolder);

    private static string? Climb(string? folder, Func<string, bool> isRoot)
    {
        while (folder is not null && !isRoot(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    private static bool HasMarker(string folder)
        => Directory.Exists(Path.Combine(folder, EngineFolder)) || File.Exists(Path.Combine(folder, SettingsFile));

    private static bool HasGit(string folder) => Path.Combine(folder, ".git") is var git && (Directory.Exists(git) || File.Exists(git));
}
