using System.Security.Cryptography;
using System.Text;

namespace Belay.Tests.Support;

/// <summary>Where tests keep servers, stores and whatever else is gone after the run: in memory where the system has a file system there
/// with enough room, because servers make and delete files by the thousand, which costs a disk's file system most of a run's
/// time.</summary>
internal static class TestFolder
{
    private const string Memory = "/dev/shm";
    private const long EnoughRoom = 4L << 30;

    /// <summary>This checkout's root.</summary>
    public static string Checkout { get; } = Climb(AppContext.BaseDirectory);

    /// <summary>Where programs that were downloaded stay from run to run.</summary>
    public static string Kept => Path.Combine(Checkout, ".nuke", "temp");

    /// <summary>The folder of all runs of this checkout.</summary>
    public static string Parent { get; } = Choose();

    private static string OfThisRun { get; } = MakeForThisRun();

    /// <summary>A new empty folder.</summary>
    /// <param name="name">What it is for.</param>
    public static string New(string name) => Directory.CreateDirectory(Path.Combine(OfThisRun, $"{name}-{Guid.NewGuid():N}")).FullName;

    /// <summary>A new empty folder that is not inside this checkout.</summary>
    /// <param name="name">What it is for.</param>
    public static string NewOutside(string name)
        => Parent == Kept ? Directory.CreateTempSubdirectory($"belay-{name}-").FullName : New(name);

    private static string Choose()
    {
        if (!HoldsPrograms() || new DriveInfo(Memory).AvailableFreeSpace < EnoughRoom)
        {
            return Kept;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.UserName} {Checkout}"));
        return Path.Combine(Memory, $"belay-tests-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}");
    }

    /// <summary>Whether it is there, and a script in it can be executed: containers often forbid that.</summary>
    private static bool HoldsPrograms() => OperatingSystem.IsLinux()
        && File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).LastOrDefault(mount => mount[1] == Memory) is { } memory
        && !memory[3].Split(',').Contains("noexec");

    /// <summary>Removes what killed runs left: it would take room in memory until the machine is started again.</summary>
    private static string MakeForThisRun()
    {
        var runs = Directory.CreateDirectory(Path.Combine(Parent, "tests"));
        foreach (var left in runs.GetDirectories().Where(run => int.TryParse(run.Name, out var id) && ProcessIdentity.Of(id) is null))
        {
            left.Delete(recursive: true);
        }

        return runs.CreateSubdirectory($"{Environment.ProcessId}").FullName;
    }

    private static string Climb(string folder)
        => File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : Climb(
                Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))
                    ?? throw new InvalidOperationException("The tests do not run inside a checkout."));
}
