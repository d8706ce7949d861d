using CliWrap;

namespace Belay.Migrators;

/// <summary>Starts a migrator without a shell, streams what it says, and ends it with all its children when it must stop.</summary>
internal sealed class MigratorProcess(MigratorSettings settings, IReleaseOutput release, TimeProvider timeProvider)
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there or may not be run.</exception>
    public async Task<MigratorEnd> RunAsync(IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var kill = new CancellationTokenSource();
        var (output, errors) = (new WrappedLines(Say), new WrappedLines(Say));
        var running = Cli.Wrap(settings.Words[0])
            .WithArguments(settings.Words.Skip(1))
            .WithEnvironmentVariables(variables)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(output.Add))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(errors.Add))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(kill.Token, CancellationToken.None);
        try
        {
            return new MigratorEnd((await running.Task.WaitAsync(stop.Token)).ExitCode, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            var reason = cancellationToken.IsCancellationRequested
                ? "it was cancelled"
                : $"it ran for longer than {Quantity.Duration(settings.Timeout)} (--migrator-timeout)";
            return new MigratorEnd(await EndAsync(running, kill), reason);
        }
        finally
        {
            output.End();
            errors.End();
        }
    }

    private async Task<int> EndAsync(CommandTask<CommandResult> running, CancellationTokenSource kill)
    {
        var tree = ProcessTree.Of(running.ProcessId);
        await ProcessTree.SignalAsync("TERM", tree);
        try
        {
            return (await running.Task.WaitAsync(settings.Grace, timeProvider)).ExitCode;
        }
        catch (TimeoutException)
        {
            release.Warn(
                $"{settings.Words[0]} did not end within {Quantity.Duration(settings.Grace)} after SIGTERM; it and its children are "
                    + "killed");
        }

        await ProcessTree.SignalAsync("KILL", [.. tree.SelectMany(ProcessTree.Of).Distinct()]);
        await kill.CancelAsync();
        try
        {
            return (await running.Task).ExitCode;
        }
        catch (OperationCanceledException)
        {
            return 128 + 9;
        }
    }

    private void Say(string line) => release.Line(HarmlessText.Of(line));
}
