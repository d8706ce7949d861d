using Belay.Postgres;
using Belay.Settings;
using Belay.SmokeTests;
using CliWrap;

namespace Belay.Rehearsal;

/// <summary>The user's command while it runs.</summary>
internal sealed class RunningCommand : IRunningApplication
{
    private const int KeptLines = 5;

    /// <summary>Longer than the guard gives the command.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource kill = new();
    private readonly Queue<string> lines = [];
    private readonly IReleaseOutput output;
    private readonly TimeProvider timeProvider;

    /// <summary>Starts it.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="variables">What it gets besides what any program needs; null takes a variable away.</param>
    /// <param name="output">Takes what it prints, line by line.</param>
    public RunningCommand(
        IReadOnlyList<string> words, IReadOnlyDictionary<string, string?> variables, IReleaseOutput output, TimeProvider timeProvider)
    {
        (this.output, this.timeProvider) = (output, timeProvider);
        Name = HarmlessText.Of(string.Join(' ', words.Select(word => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word)));
        Ended = RunAsync(CommandGuard.Around(words), variables);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public required Uri? LoginUrl { get; init; }

    /// <summary>Its variables for the database, with the password's file.</summary>
    public required LibpqEnvironment Libpq { get; init; }

    /// <summary>The mark of its processes.</summary>
    public required string Mark { get; init; }

    /// <inheritdoc/>
    public Task<int> Ended { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        stop.TrySetResult();
        await Task.WhenAny(Ended, Task.Delay(Patience, timeProvider));
        await Task.Run(() => MarkedProcesses.Kill(Mark));
        await kill.CancelAsync();
        await ((Task)Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Libpq.DisposeAsync();
        kill.Dispose();
    }

    private async Task<int> RunAsync(IReadOnlyList<string> words, IReadOnlyDictionary<string, string?> variables)
    {
        var (said, complained) = (new WrappedLines(Say), new WrappedLines(Say));
        var result = await ChildEnvironment.Program(words[0], variables)
            .WithArguments(words.Skip(1))
            .WithStandardInputPipe(PipeSource.Create((_, token) => stop.Task.WaitAsync(token)))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(said.Add))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(complained.Add))
            .ExecuteAsync(kill.Token, CancellationToken.None);
        said.End();
        complained.End();
        return result.ExitCode;
    }

    private void Say(string line)
    {
        var harmless = HarmlessText.Of(line);
        output.Line(harmless);
        lock (lines)
        {
            lines.Enqueue(harmless);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }
}
