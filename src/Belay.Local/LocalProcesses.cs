using Belay.Postgres;
using Belay.Settings;

namespace Belay.Local;

/// <summary>Ends processes that the local profile started, in this run or an earlier one.</summary>
internal static class LocalProcesses
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends a process: asks it, then makes it. Does nothing when it is gone, or when its number
    /// belongs to another process by now.</summary>
    /// <param name="timeProvider">The clock for waiting.</param>
    /// <exception cref="LocalException">It still runs.</exception>
    public static async Task EndAsync(ProcessIdentity identity, TimeProvider timeProvider)
    {
        if (!identity.IsRunning)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            await ChildEnvironment.Program("/bin/sh").WithArguments(["-c", "kill -TERM \"$1\"", "sh", $"{identity.Id}"]).ExecuteAsync();
            await WaitAsync(identity, timeProvider);
        }

        identity.Kill();
        await WaitAsync(identity, timeProvider);
        if (identity.IsRunning)
        {
            throw new LocalException($"Process {identity.Id} of the local profile does not end.", $"kill -9 {identity.Id}");
        }
    }

    /// <summary>The processes whose output goes into some files: those that a killed run started and could not write down.
    /// Linux only; none elsewhere.</summary>
    /// <param name="paths">Files, or folders for all files below them.</param>
    public static IReadOnlyList<ProcessIdentity> WritingInto(params string[] paths)
    {
        var wanted = paths.Select(path => RealPath.Of(path)).ToList();
        return [.. ProcessFolder.Ids()
            .Where(id => ProcessFolder.Link(id, "fd/1") is { } output
                && wanted.Any(path => output == path || output.StartsWith(path + "/", StringComparison.Ordinal)))
            .Select(ProcessIdentity.Of).OfType<ProcessIdentity>()];
    }

    private static Task<bool> WaitAsync(ProcessIdentity identity, TimeProvider timeProvider)
        => new Polling(timeProvider) { Pause = Poll, Patience = Grace }.UntilAsync(() => !identity.IsRunning, CancellationToken.None);
}
