using System.Runtime.InteropServices;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP into one cancellation. A second signal ends the process at once.</summary>
sealed class Cancellation : IDisposable
{
    private static readonly (PosixSignal Signal, int ExitCode)[] Signals =
    [
        (PosixSignal.SIGINT, Belay.ExitCodes.Interrupted),
        (PosixSignal.SIGTERM, Belay.ExitCodes.Terminated),
        (PosixSignal.SIGHUP, Belay.ExitCodes.HungUp),
    ];

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private int received;

    public Cancellation()
    {
        foreach (var (signal, exitCode) in Signals)
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context => OnSignal(context, exitCode)));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code that belongs to the signal; 0 while none came.</summary>
    public int ExitCode => Volatile.Read(ref received);

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        // The default action would end the process with a transaction open and children running.
        context.Cancel = Interlocked.CompareExchange(ref received, exitCode, 0) == 0;
        source.Cancel();
    }
}
