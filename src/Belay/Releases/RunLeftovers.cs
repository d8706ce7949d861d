using Belay.Postgres;
using Belay.Rehearsal;
using Belay.Servers;

namespace Belay.Releases;

/// <summary>Removes what killed runs left on this machine: rows of a dump, scratch servers, password files.
/// Every run begins with it.</summary>
internal static class RunLeftovers
{
    /// <summary>What runs wrote until this release: the beginning of an archive, with rows in it.</summary>
    private const string Heads = "belay-toc-*";

    /// <summary>Removes what nobody uses any more. What cannot be removed stays, without a word: the run may not need the place.</summary>
    /// <param name="temporaryFolder">Where stages write what they need while they run; it may be missing.</param>
    public static async Task SweepAsync(string temporaryFolder, TimeProvider timeProvider)
    {
        await TryAsync(() => Task.Run(() => RemoveFiles(temporaryFolder)));
        await TryAsync(() => Task.Run(() => WorkFolder.Sweep(temporaryFolder, WorkFolder.DumpPrefix)));
        await TryAsync(() => Task.Run(PgPassFile.Sweep));
        await TryAsync(() => Task.Run(MarkedProcesses.Sweep));
        await TryAsync(() => ScratchServer.SweepAsync(temporaryFolder, timeProvider));
    }

    private static void RemoveFiles(string folder)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, Heads) : [])
        {
            File.Delete(file);
        }
    }

    private static async Task TryAsync(Func<Task> sweep)
    {
        try
        {
            await sweep();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or BelayException)
        {
            // The next run tries again.
            return;
        }
    }
}
