using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Belay.Releases;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP into one cancellation. A second signal, a second later or more,
/// ends the process at once.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
public sealed class Cancellation(TimeProvider timeProvider)
{
    private static readonly (PosixSignal Signal, int ExitCode)[] Signals =
    [
        (PosixSignal.SIGINT, ExitCodes.Interrupted),
        (PosixSignal.SIGTERM, ExitCodes.Terminated),
        (PosixSignal.SIGHUP, ExitCodes.HungUp),
    ];

    // A shell that loses its terminal repeats SIGHUP, and a program that starts us passes on the Ctrl+C that the terminal sent us already.
    private static readonly TimeSpan SameEvent = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Lock gate = new();
    private long firstSignal;
    private int received;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code that belongs to the signal; 0 while none came.</summary>
    public int ExitCode => Volatile.Read(ref received);

    /// <summary>Listens to the signals, in front of every listener that came before.</summary>
    public void Listen()
    {
        foreach (var (signal, exitCode) in Signals)
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context => OnSignal(context, exitCode)));
        }
    }

    /// <summary>Leaves signals to whoever listens besides, from now on.</summary>
    public void StopListening()
    {
        registrations.ForEach(registration => registration.Dispose());
        registrations.Clear();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        // The default action would end the process with a transaction open and children running.
        context.Cancel = true;
        if (IsFirst(exitCode))
        {
            CancelAll();
        }
        else if (exitCode != ExitCodes.HungUp && timeProvider.GetElapsedTime(firstSignal) > SameEvent)
        {
            Environment.Exit(exitCode);
        }

        // Listeners that came before would be asked next, among them a build engine's: NUKE's declares the build finished on this
        // thread while a target still runs on its own. So this thread goes no further; it ends with the process.
        using var never = new ManualResetEventSlim();
        never.Wait();
    }

    private bool IsFirst(int exitCode)
    {
        lock (gate)
        {
            if (received != 0)
            {
                return false;
            }

            firstSignal = timeProvider.GetTimestamp();
            received = exitCode;
            return true;
        }
    }

    private void CancelAll()
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException)
        {
            // What could not be cancelled is told by the stage that waits for it; here it would end the process.
            return;
        }
    }
}
