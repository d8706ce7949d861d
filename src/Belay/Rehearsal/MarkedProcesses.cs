using System.Globalization;

namespace Belay.Rehearsal;

/// <summary>Finds the processes of a rehearsal's command by a mark in their environment: one that put itself into the background of another
/// session has it too.</summary>
/// <remarks>Environments are read in /proc, so on Linux alone.</remarks>
internal static class MarkedProcesses
{
    /// <summary>The variable that carries the mark.</summary>
    public const string Variable = "BELAY_REHEARSAL";

    /// <summary>A new mark: this process's number, its machine's name, because a container's processes are seen from outside under other
    /// numbers, and something that no other has.</summary>
    public static string NewMark() => $"{Environment.ProcessId} {Environment.MachineName} {Guid.NewGuid():N}";

    /// <summary>Kills those with a mark.</summary>
    public static void Kill(string mark) => Kill(found => found == mark);

    /// <summary>Kills those whose run is gone.</summary>
    public static void Sweep() => Kill(found
        => found.Split(' ') is [var number, var machine, _]
            && machine == Environment.MachineName
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var run)
            && ProcessIdentity.Of(run) is null);

    private static void Kill(Func<string, bool> isMeant)
    {
        foreach (var id in ProcessFolder.Ids().Where(id => ProcessFolder.Variable(id, Variable) is { } mark && isMeant(mark)))
        {
            ProcessIdentity.Of(id)?.Kill();
        }
    }
}
