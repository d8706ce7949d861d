using System.Globalization;

namespace Belay;

/// <summary>What Linux tells of processes in /proc. Elsewhere there are none.</summary>
public static class ProcessFolder
{
    /// <summary>The numbers of the processes that run now.</summary>
    public static IEnumerable<int> Ids()
    {
        foreach (var folder in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return id;
            }
        }
    }

    /// <summary>What a link in a process's folder leads to; null when it has none, has ended or is another user's.</summary>
    /// <param name="name">For example <c>cwd</c> or <c>fd/1</c>.</param>
    public static string? Link(int id, string name) => Read(() => new FileInfo($"/proc/{id}/{name}").LinkTarget);

    /// <summary>The words of its command line; none when it has ended.</summary>
    internal static IReadOnlyList<string> CommandLine(int id) => Read(() => File.ReadAllText($"/proc/{id}/cmdline"))?.Split('\0') ?? [];

    /// <summary>A variable of the environment that it was started with; null when it has none, has ended or is another user's.</summary>
    internal static string? Variable(int id, string name)
        => Read(() => File.ReadAllText($"/proc/{id}/environ"))?.Split('\0')
            .FirstOrDefault(entry => entry.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>The fields of its stat from the third, the state, on; null when it has ended.</summary>
    internal static string[]? Status(int id)
        => Read(() => File.ReadAllText($"/proc/{id}/stat")) is { } text

            // proc(5): the second is the program's name in parentheses, which may hold anything.
            ? text[(text.LastIndexOf(')') + 2)..].Split(' ')
            : null;

    private static string? Read(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
