namespace Belay.Servers;

/// <summary>What the initdb of a killed run left, and that initdb itself: it lives on without its parent
/// and writes while its folder is removed.</summary>
internal static class UnfinishedCluster
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends the programs that work in the folder and removes it. Does nothing when it is missing.</summary>
    /// <exception cref="PostgresServerException">It is not gone after 30 seconds.</exception>
    public static async Task RemoveAsync(string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        string? obstacle = null;
        var polling = new Polling(timeProvider) { Pause = Pause, Patience = Limit };
        if (!await polling.UntilAsync(() => (obstacle = TryRemove(folder)) is null, cancellationToken))
        {
            throw new PostgresServerException(
                $"The unfinished cluster {folder} of a run that was killed cannot be removed: {obstacle}",
                $"end the program that writes there, then rm -r {folder}");
        }
    }

    /// <returns>What it failed at; null when the folder is gone.</returns>
    private static string? TryRemove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var workers = ProcessFolder.Ids().Where(id => WorksIn(id, folder)).Select(ProcessIdentity.Of).OfType<ProcessIdentity>().ToList();
        workers.ForEach(worker => worker.Kill());
        if (workers.Count > 0)
        {
            // It takes a moment until they are gone.
            return $"process {workers[0].Id} works in it";
        }

        try
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Where there is no /proc, initdb is left to end by itself: nobody reads what it prints any more.
            return fault.Message;
        }
    }

    /// <summary>initdb has the folder among its arguments; the backend that it starts has it as working folder.</summary>
    private static bool WorksIn(int process, string folder)
        => ProcessFolder.Link(process, "cwd") == folder || ProcessFolder.CommandLine(process).Contains(folder);
}
