using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The option <c>--root</c>, which is read before everything else: the files that hold the
/// other settings lie in that folder.</summary>
public static class RootOption
{
    /// <summary>The folder that was typed; null when none was. The check of arguments refuses the option
    /// where it is written wrong.</summary>
    /// <param name="words">The command line without the program.</param>
    /// <param name="currentFolder">Where a relative path starts from.</param>
    /// <exception cref="SettingsException">There is no such folder.</exception>
    public static string? Find(IReadOnlyList<string> words, string currentFolder)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (TypedWords.Part(words).Options.FirstOrDefault(
            option => Names.Same(option.Name, EngineOptions.Root)) is not { Words: [var typed] } || typed.Trim().Length == 0)
        {
            return null;
        }

        var folder = Path.GetFullPath(typed, currentFolder);
        return Directory.Exists(folder)
            ? folder
            : throw new SettingsException(
                $"--root names {folder}, which is no folder", "name the folder with .nuke or belay.json, or leave --root out");
    }
}
