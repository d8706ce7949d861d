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
        var children = ProcessFolder.Ids().ToLookup(ParentOf);
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

    /// <summary>Behind the state; 0, which no process has, when it has ended.</summary>
    private static int ParentOf(int id)
        => ProcessFolder.Status(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;
}
