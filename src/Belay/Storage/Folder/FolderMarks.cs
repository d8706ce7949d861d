namespace Belay.Storage.Folder;

/// <summary>The hidden files that say that an object is in use; one for each user, touched as long as it lives.</summary>
internal static class FolderMarks
{
    public const string Extension = ".use";

    /// <summary>How long a mark of another machine counts after its last touch; clocks may differ by less than this.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public static void Write(string mark, DateTimeOffset now)
    {
        new FileStream(mark, FileModes.Options(FileMode.OpenOrCreate)).Dispose();
        FileModes.OwnerOnly(mark, FileModes.File);
        File.SetLastWriteTimeUtc(mark, now.UtcDateTime);
    }

    /// <summary>The marks of one object, living or not.</summary>
    public static IEnumerable<string> Of(string path)
        => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, ".*" + Extension, new EnumerationOptions { AttributesToSkip = 0 })
            .Where(mark => Path.GetFileName(mark).StartsWith(HiddenFile.Beginning(path), StringComparison.Ordinal));

    /// <summary>The paths of the objects that have a living mark among the given files.</summary>
    public static IReadOnlySet<string> Marked(IEnumerable<string> paths, DateTimeOffset now)
        => paths.Where(path => path.EndsWith(Extension, StringComparison.Ordinal) && HiddenFile.Is(path) && Lives(path, now))
            .Select(HiddenFile.ObjectPathOf)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Deletes what killed users left of one object.</summary>
    public static void Sweep(string path)
    {
        foreach (var mark in Of(path).ToList())
        {
            File.Delete(mark);
        }
    }

    private static bool Lives(string mark, DateTimeOffset now)
        => now - File.GetLastWriteTimeUtc(mark) <= Life && !HiddenFile.WriterIsGone(mark);
}
