using System.Globalization;
using Belay.Settings;

namespace Belay.Migrators;

/// <summary>A process and its descendants. Wrappers like npx do not pass signals on, and an orphan would go on migrating.</summary>
/// <remarks>Descendants are found in /proc, so on Linux alone; elsewhere only the process itself is signalled.</remarks>
internal static class ProcessTree
{
    /// <summary>The process and its descendants, as they are now.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = Running().ToLookup(one => one.Parent, one => one.Id);
        var found = new List<int> { root };
        for (var index = 0; index < found.Count; index++)
        {
            found.AddRange(children[found[index]].Except(found));
        }

        return found;
    }

    /// <summary>Sends a signal to each; one that has ended is passed over.</summary>
    public static async Task SignalAsync(string signal, IReadOnlyList<int> processes)
    {
        if (!OperatingSystem.IsWindows())
        {
            await ChildEnvironment.Program("sh")
                .WithArguments(["-c", $"for id in {string.Join(' ', processes)}; do kill -{signal} $id 2>/dev/null; done; true"])
                .ExecuteAsync(CancellationToken.None);
        }
    }

    private static IEnumerable<(int Id, int Parent)> Running()
    {
        if (!Directory.Exists("/proc/self"))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ParentOf(folder) is { } parent)
            {
                yield return (id, parent);
            }
        }
    }

    /// <summary>The fourth field of stat; the second is the program's name in parentheses, which may hold anything.</summary>
    private static int? ParentOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
