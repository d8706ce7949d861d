using Belay;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

namespace Build.Tests.Support;

/// <summary>A run of one target in this process, its end and its record included: a process of its own costs more than all that it
/// does.</summary>
internal sealed class RunInProcess(string root, IReadOnlyDictionary<string, string?> environment)
{
    /// <summary>The stage before which a SIGINT comes; null for none.</summary>
    public string? InterruptedBefore { get; init; }

    /// <summary>The clock. The default is the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Runs the target.</summary>
    /// <param name="given">The parameters, by their names without dashes before them.</param>
    public async Task<BuildOutcome> RunAsync(string target, params (string Name, string Text)[] given)
    {
        var output = new TestOutput();
        await using var errors = new StringWriter();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var host = new ReleaseHost
        {
            Input = new SettingsInput
            {
                RootFolder = root,
                Environment = environment.Where(variable => variable.Value is not null)
                    .ToDictionary(variable => variable.Key, variable => variable.Value!),
                Given = given.ToDictionary(pair => pair.Name, pair => pair.Text),
            },
            Output = output,
            Errors = errors,
            TimeProvider = TimeProvider,
            SignalExitCode = () => cancellation.IsCancellationRequested ? ExitCodes.Interrupted : 0,
            Entering = stage => Interrupt(stage, cancellation),
        };
        var texts = given.ToDictionary(pair => pair.Name, pair => pair.Text);
        var stages = ReleaseOrder.Of([target]).Select(stage => stage.Name);
        var session = new ReleaseSession(host);
        var outcome = await session.RunAsync(ReleasePlan.Of([target], stages, ReleasePlan.IsDryRunIn(texts)), cancellation.Token);
        var exitCode = await session.EndAsync(outcome.ExitCode);
        var facts = string.Join('\n', outcome.Stages.Select(stage => stage.Fact));
        return new BuildOutcome(exitCode, $"{output.Text}\n{facts}\n{errors}");
    }

    private void Interrupt(string stage, CancellationTokenSource cancellation)
    {
        if (stage == InterruptedBefore)
        {
            cancellation.Cancel();
        }
    }
}
