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

    private static ProcessIdentity? OfLinux(int id)
    {
        try
        {
            // proc(5): the name in parentheses may hold anything; after it come the state and, as the 22nd field,
            // the start in ticks since boot.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : new ProcessIdentity(id, $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{fields[19]}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static ProcessIdentity? OfOthers(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : new ProcessIdentity(id, $"{process.StartTime.ToUniversalTime():O}");
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
