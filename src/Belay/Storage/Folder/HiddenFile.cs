using System.Globalization;

namespace Belay.Storage.Folder;

/// <summary>The hidden files beside an object, which name their writer: <c>.name~host~pid~random</c> and an extension.</summary>
internal static class HiddenFile
{
    private const char Separator = '~';

    /// <summary>A new hidden path beside the object's own.</summary>
    public static string PathFor(string path, string extension) => Path.Combine(
        Path.GetDirectoryName(path)!,
        $"{Beginning(path)}{Environment.MachineName}{Separator}{Environment.ProcessId}{Separator}{Guid.NewGuid():N}{extension}");

    /// <summary>What the names of all hidden files of an object begin with.</summary>
    public static string Beginning(string path) => $".{Path.GetFileName(path)}{Separator}";

    /// <summary>Whether a path has the form of these names.</summary>
    public static bool Is(string path) => Path.GetFileName(path) is ['.', ..] name && name.Count(character => character == Separator) >= 3;

    /// <summary>The path of the object that a hidden file belongs to.</summary>
    public static string ObjectPathOf(string hidden)
    {
        var parts = Path.GetFileName(hidden).Split(Separator);
        return Path.Combine(Path.GetDirectoryName(hidden)!, string.Join(Separator, parts.SkipLast(3))[1..]);
    }

    /// <summary>Whether the writer was a process of this machine that has ended.</summary>
    public static bool WriterIsGone(string hidden)
    {
        var parts = Path.GetFileName(hidden).Split(Separator);
        return Is(hidden)
            && parts[^3] == Environment.MachineName
            && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            && ProcessIdentity.Of(processId) is null;
    }
}
