namespace Belay.Storage.Folder;

/// <summary>The hidden files that take an upload's bytes.</summary>
internal static class PartialFile
{
    private const string Extension = ".partial";

    /// <summary>An upload writes all the time; one that was not touched for so long is dead, whatever process has its number now.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>A new hidden path beside the object's own.</summary>
    public static string PathFor(string path) => HiddenFile.PathFor(path, Extension);

    public static Stream Create(string partial)
    {
        var options = FileModes.Options(FileMode.CreateNew);
        options.Share = FileShare.Read;
        options.BufferSize = 1 << 17;
        options.Options = FileOptions.Asynchronous;
        var file = new FileStream(partial, options);
        FileModes.OwnerOnly(partial, FileModes.File);
        return file;
    }

    public static async Task WriteAsync(Stream file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using (file)
        {
            await file.WriteAsync(content, cancellationToken);
            await CloseAsync(file, cancellationToken);
        }
    }

    /// <summary>Brings every byte to the disk itself, then closes.</summary>
    public static async Task CloseAsync(Stream file, CancellationToken cancellationToken)
    {
        await file.FlushAsync(cancellationToken);
        if (file is FileStream real)
        {
            // The only way to the disk itself blocks, so another thread waits for it.
            await Task.Run(() => real.Flush(flushToDisk: true), cancellationToken);
        }

        await file.DisposeAsync();
    }

    /// <summary>Versions come from the time of the last write, whose clock may tick slower than two writes follow each other.</summary>
    public static void MakeYoungerThan(string partial, DateTimeOffset previous)
    {
        if (File.GetLastWriteTimeUtc(partial) <= previous.UtcDateTime)
        {
            File.SetLastWriteTimeUtc(partial, previous.UtcDateTime.AddMilliseconds(1));
        }
    }

    /// <summary>What killed uploads left in a folder and below it.</summary>
    public static IReadOnlyList<string> FindAbandoned(string folder, DateTimeOffset now) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(
            folder, ".*" + Extension, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(path => now - File.GetLastWriteTimeUtc(path) > Abandoned || HiddenFile.WriterIsGone(path))
            .Order(StringComparer.Ordinal)];
}
