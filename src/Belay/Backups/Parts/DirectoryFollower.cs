using System.Collections.Concurrent;

namespace Belay.Backups.Parts;

/// <summary>Hands over the larger files of tables while pg_dump's workers write them.</summary>
/// <param name="folder">The folder that pg_dump makes.</param>
/// <param name="readers">How many files are read at once; as many as pg_dump has workers, so that each finds a reader.</param>
/// <param name="timeProvider">The clock between two looks.</param>
internal sealed class DirectoryFollower(string folder, int readers, TimeProvider timeProvider)
{
    /// <summary>An upload that was begun holds a block until the commit, so a small file waits on the disk for that.</summary>
    private const long Smallest = 16L << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, bool> finished = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);
    private readonly List<Task> running = [];
    private volatile bool hasEnded;

    /// <summary>Called when the first file is there.</summary>
    public Action FilesAppear { get; init; } = () => { };

    /// <summary>Reads a line of pg_dump's error output.</summary>
    public void See(string line)
    {
        if (DumpedFile.FinishedId(line) is { } id)
        {
            finished[id] = true;
        }
    }

    /// <summary>pg_dump has ended with 0: every file is complete.</summary>
    public void End() => hasEnded = true;

    /// <summary>Follows until pg_dump has ended and every larger file was read to its end.</summary>
    /// <param name="follow">Reads one file: its name, whether nothing more is written to it, and the token.</param>
    public async Task RunAsync(Func<string, Func<bool>, CancellationToken, Task> follow, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Whether it has ended is asked before the folder is looked at: the last look then sees every file.
            for (var isLast = false; !isLast;)
            {
                isLast = hasEnded;
                foreach (var name in Names())
                {
                    await SettleAsync(readers - 1, stop.Token);
                    begun.Add(name);
                    running.Add(follow(name, () => hasEnded || finished.ContainsKey(DumpedFile.TableId(name) ?? ""), stop.Token));
                }

                await SettleAsync(isLast ? 0 : readers, stop.Token);
                await Task.Delay(isLast ? TimeSpan.Zero : Pause, timeProvider, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<string> Names()
    {
        var found = Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().ToList() : [];
        if (found.Count > 0)
        {
            FilesAppear();
        }

        return [
            .. found.Where(file => IsFollowed(file) && !begun.Contains(file.Name))
                .OrderBy(file => file.CreationTimeUtc)
                .Select(file => file.Name),
        ];
    }

    private static bool IsFollowed(FileInfo file) => DumpedFile.TableId(file.Name) is not null && file.Length >= Smallest;

    /// <summary>Waits until no more than so many run; the fault of one that failed is thrown.</summary>
    private async Task SettleAsync(int most, CancellationToken cancellationToken)
    {
        while (running.Count > most || running.Any(task => task.IsCompleted))
        {
            var settled = await Task.WhenAny(running).WaitAsync(cancellationToken);
            running.Remove(settled);
            await settled;
        }
    }
}
