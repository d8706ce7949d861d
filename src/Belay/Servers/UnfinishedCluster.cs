using System.Diagnostics;
using System.Globalization;

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
        for (var waited = TimeSpan.Zero; Directory.Exists(folder); waited += Pause)
        {
            try
            {
                if (!EndWorkers(folder))
                {
                    Directory.Delete(folder, recursive: true);
                    return;
                }
            }
            catch (IOException fault) when (waited >= Limit)
            {
                throw new PostgresServerException(
                    $"The unfinished cluster {folder} of a run that was killed cannot be removed: {fault.Message}",
                    $"end the program that writes there, then rm -r {folder}");
            }
            catch (IOException)
            {
                // Where there is no /proc, initdb is left to end by itself: nobody reads what it prints any more.
                Debug.Assert(waited < Limit, "the limit was passed");
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    /// <returns>Whether there was any: it takes a moment until they are gone.</returns>
    private static bool EndWorkers(string folder)
    {
        var workers = OperatingSystem.IsLinux()
            ? Directory.EnumerateDirectories("/proc").Where(process => WorksIn(process, folder)).ToList()
            : [];
        foreach (var worker in workers)
        {
            Kill(int.Parse(Path.GetFileName(worker), CultureInfo.InvariantCulture));
        }

        return workers.Count > 0;
    }

    /// <summary>initdb has the folder among its arguments; the backend that it starts has it as working folder.</summary>
    private static bool WorksIn(string process, string folder)
    {
        if (!Path.GetFileName(process).All(char.IsAsciiDigit))
        {
            return false;
        }

        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == folder
                || File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0').Contains(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself, which is what is wanted.
            return;
        }
    }
}
