using Belay.Backups.Compression;
using Belay.Postgres;
using Belay.Settings;
using CliWrap;

namespace Belay.Backups;

/// <summary>Runs one of PostgreSQL's programs. When its data cannot be passed on, or the run is cancelled,
/// the program and its children are killed.</summary>
internal sealed class PostgresProgram(PostgresTools tools, string name)
{
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Writes the program's standard input; null for none. It is not stopped when the program ends first:
    /// its next write fails.</summary>
    public Func<Stream, CancellationToken, Task>? Feed { get; init; }

    /// <summary>Reads the program's standard output to its end; null drops it.</summary>
    public Func<Stream, CancellationToken, Task>? Take { get; init; }

    /// <summary>Sees each line of its error output; false keeps a line out of the outcome.</summary>
    public Func<string, bool> IsFault { get; init; } = _ => true;

    /// <summary>The clock of the wait for a signal.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Runs the program to its end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the program is gone.</exception>
    public async Task<ProgramOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = new ProgramErrors();
        var fault = (Exception?)null;
        var feeding = Task.CompletedTask;
        try
        {
            var result = await ChildEnvironment.Program(tools.PathOf(name), new Dictionary<string, string?>(Variables) { ["LC_ALL"] = "C" })
                .WithArguments(Arguments)
                .WithStandardInputPipe(
                    Feed is null ? PipeSource.Null : PipeSource.Create((stream, _) => feeding = GuardAsync(FeedAsync, stream, kill.Token)))
                .WithStandardOutputPipe(
                    Take is null ? PipeTarget.ToStream(Stream.Null) : PipeTarget.Create((stream, token) => GuardAsync(Take, stream, token)))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Keep(errors, line)))
                .ExecuteAsync(kill.Token, CancellationToken.None);

            // The program may end early; who feeds it goes on to the last byte and has the last word.
            await feeding;
            return fault is null
                ? await HeardAsync(new ProgramOutcome(result.ExitCode, Redaction.Apply(errors.ToString())), cancellationToken)
                : throw Rethrown(fault);
        }
        catch (OperationCanceledException) when (fault is not null && !cancellationToken.IsCancellationRequested)
        {
            throw Rethrown(fault);
        }
        finally
        {
            await feeding;
        }

        async Task GuardAsync(Func<Stream, CancellationToken, Task> use, Stream stream, CancellationToken token)
        {
            try
            {
                await use(stream, token);
            }
            catch (Exception exception)
            {
                fault ??= exception;
                await kill.CancelAsync();
            }
        }
    }

    /// <summary>Ctrl+C in a terminal, or a service that is stopped, ends the program with this process, whose own signal may come
    /// later than the program's end: what was interrupted must not pass for damage.</summary>
    private async Task<ProgramOutcome> HeardAsync(ProgramOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.ExitCode != 0)
        {
            await Task.Delay(outcome.WasInterrupted ? SameSignal : TimeSpan.Zero, TimeProvider, cancellationToken);
        }

        return outcome;
    }

    private Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        WidePipe.Widen(input);
        return Feed!(input, cancellationToken);
    }

    private void Keep(ProgramErrors errors, string line)
    {
        if (IsFault(line) || ProgramOutcome.TellsInterruption(line))
        {
            errors.Add(line);
        }
    }

    private static Exception Rethrown(Exception fault)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return fault;
    }
}
