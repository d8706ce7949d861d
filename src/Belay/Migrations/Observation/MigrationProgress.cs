using Belay.Sql;

namespace Belay.Migrations.Observation;

/// <summary>Tells, while a migration runs, which file it is, which statement, and how long it has run.</summary>
internal sealed class MigrationProgress : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IReleaseOutput output;
    private readonly TimeProvider timeProvider;
    private readonly string fileName;
    private readonly long started;
    private readonly PeriodicTimer timer;
    private readonly Task task;
    private Running? running;
    private int number;

    /// <summary>Begins to tell of a file.</summary>
    public MigrationProgress(string fileName, IReleaseOutput output, TimeProvider timeProvider)
    {
        (this.fileName, this.output, this.timeProvider) = (fileName, output, timeProvider);
        started = timeProvider.GetTimestamp();
        timer = new PeriodicTimer(Pause, timeProvider);
        task = TellAsync();
    }

    /// <summary>How long the file has run.</summary>
    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    /// <summary>A statement begins.</summary>
    public void Enter(ScriptStatement statement) => Volatile.Write(ref running, new Running(++number, statement.Position.Line));

    /// <summary>Nothing of the script runs any more: it is over, or begins again.</summary>
    public void Leave()
    {
        number = 0;
        Volatile.Write(ref running, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await task;
    }

    private async Task TellAsync()
    {
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (Volatile.Read(ref running) is { } now)
            {
                output.Progress($"{fileName}: statement {now.Number}, line {now.Line}, {Quantity.Duration(Elapsed)}");
            }
        }
    }

    private sealed record Running(int Number, int Line);
}
