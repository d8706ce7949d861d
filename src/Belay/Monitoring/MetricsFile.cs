using System.Text;

namespace Belay.Monitoring;

/// <summary>The file that a collector reads, for example node_exporter's textfile collector.</summary>
/// <param name="path">Its full path. The folder must be there: a collector reads from one that somebody has made for it.</param>
/// <param name="timeProvider">The clock to wait for another run with.</param>
internal sealed class MetricsFile(string path, TimeProvider timeProvider)
{
    /// <summary>Another run is done with the file in a moment; a run that stands still is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const long LongestOld = 1024 * 1024;

    private const UnixFileMode ForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // A collector that picks up all of a folder's *.prom must not find the half of one.
    private readonly string partial = Path.Combine(
        Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.partial");

    // One that stays: whoever deleted it would take it from under a run that waits.
    private readonly string turn = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.lock");

    /// <summary>What speaks against writing here, as a clause; null for nothing. Whatever is there and is no file of metrics was meant for
    /// something else, a device too.</summary>
    public static string? FaultOf(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder || Directory.Exists(path) || !Directory.Exists(folder))
        {
            return "it must be a file in a folder that is there";
        }

        try
        {
            return folder is "/dev" or "/dev/fd" || (File.Exists(path) && !BeginsLikeMetrics(path))
                ? "it is there and is no file of metrics, which would be overwritten"
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {fault.Message}";
        }
    }

    /// <summary>A file without bytes is not opened: a pipe has none, and waits for whoever writes into it.</summary>
    private static bool BeginsLikeMetrics(string path)
    {
        if (new FileInfo(path).Length < PrometheusText.Head.Length)
        {
            return false;
        }

        using var reader = new StreamReader(path);
        var begin = new char[PrometheusText.Head.Length];
        return reader.ReadBlock(begin) == begin.Length && begin.SequenceEqual(PrometheusText.Head);
    }

    /// <summary>Writes metrics. What the file has of other databases, and of metrics that are not written now, stays, also what another run
    /// writes in the same moment. Nobody sees half a file.</summary>
    /// <param name="replaced">The names of which nothing stays.</param>
    /// <exception cref="IOException">The file cannot be written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public async Task WriteAsync(IReadOnlyList<Metric> metrics, IReadOnlyList<string> replaced, CancellationToken cancellationToken)
    {
        await using var held = await TakeTurnAsync(cancellationToken);
        var blocks = (await ReadAsync(cancellationToken))
            .Where(block => MetricNames.All.Contains(block.Name) && !replaced.Contains(block.Name))
            .DistinctBy(block => block.Name)
            .ToDictionary(block => block.Name);
        foreach (var block in metrics.Select(PrometheusText.Written).Where(block => block.Lines.Count > 0))
        {
            blocks[block.Name] = blocks.TryGetValue(block.Name, out var older) ? block.Over(older) : block;
        }

        try
        {
            await File.WriteAllTextAsync(
                partial, PrometheusText.Of(blocks.Values), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            if (!OperatingSystem.IsWindows())
            {
                // The collector is another user, and a careful umask would keep the file from it.
                File.SetUnixFileMode(partial, ForAll);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <returns>Null where another user's run has made the lock, or one does not end: the metrics are written all the same.</returns>
    private async Task<FileStream?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await FileLock.TakeAsync(turn, new Polling(timeProvider) { Patience = Patience }, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<IEnumerable<MetricBlock>> ReadAsync(CancellationToken cancellationToken)
        => new FileInfo(path) is { Exists: true, Length: < LongestOld }
            ? PrometheusText.Read(await File.ReadAllTextAsync(path, cancellationToken))
            : [];
}
