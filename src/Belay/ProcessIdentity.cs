using System.ComponentModel;
using System.Diagnostics;

namespace Belay;

/// <summary>A process of this machine that no later process with the same number can be taken for.</summary>
/// <param name="Started">When it started, as a text that only equals itself.</param>
public sealed record ProcessIdentity(int Id, string Started)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)!;

    /// <summary>Whether exactly this process still runs; one that ended and waits for its parent (a zombie) does not.</summary>
    public bool IsRunning => Of(Id) == this;

    /// <summary>The process that has a number now; null when there is none.</summary>
    public static ProcessIdentity? Of(int id) => OperatingSystem.IsLinux() ? OfLinux(id) : OfOthers(id);

    /// <summary>Ends exactly this process, with its children and without asking it. Does nothing when it has ended.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            if (IsRunning)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // It ended between the question and the answer, which is what was wanted.
            Debug.Assert(!IsRunning, "the process that was not found runs");
        }
    }

    /// <summary>The state comes first, and the 22nd field of all is the start in ticks since boot.</summary>
    private static ProcessIdentity? OfLinux(int id)
        => ProcessFolder.Status(id) is [not ("Z" or "X"), ..] fields
            ? new ProcessIdentity(id, $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{fields[19]}")
            : null;

    private static ProcessIdentity? OfOthers(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : new ProcessIdentity(id, $"{process.StartTime.ToUniversalTime():O}");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
