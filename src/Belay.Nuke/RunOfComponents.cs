using Belay.Releases;
using Belay.Releases.Stages;
using Nuke.Common;
using Nuke.Common.Execution;

namespace Belay.Nuke;

/// <summary>The one run of a release in a process that is another build's: it begins with the first stage, and ends once, after the
/// last one, on a signal, or with the process.</summary>
/// <param name="cancellation">Turns signals into the end of the run.</param>
/// <param name="end">Writes the record; returns the exit code that holds.</param>
internal sealed class RunOfComponents(INukeBuild build, Cancellation cancellation, Func<int, Task<int>> end)
{
    private readonly Lock gate = new();
    private bool isBegun;
    private bool isRunning;
    private bool isEnded;

    /// <summary>Ends the run with the process, when a target between two stages has failed.</summary>
    public void WatchExit() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndWithProcess();

    /// <summary>A stage begins. From the first one on a signal is the run's, and not the engine's, which would declare
    /// the build finished while the stage still runs.</summary>
    public void Enter()
    {
        lock (gate)
        {
            isRunning = true;
            if (!isBegun)
            {
                isBegun = true;
                cancellation.Listen();
                cancellation.Token.Register(EndBetweenStages);
            }
        }
    }

    /// <summary>A stage is over.</summary>
    public void Leave()
    {
        lock (gate)
        {
            isRunning = false;
        }
    }

    /// <summary>The last stage has succeeded: signals are the engine's again.</summary>
    /// <exception cref="StageFailedException">The record cannot be written; why has been printed.</exception>
    public void End()
    {
        var exitCode = EndOnce(ExitCodes.Done);
        cancellation.StopListening();
        if (exitCode != ExitCodes.Done)
        {
            build.ExitCode = exitCode;
            throw new StageFailedException("The run could not be put on record");
        }
    }

    private int EndOnce(int exitCode)
    {
        lock (gate)
        {
            if (isEnded)
            {
                return exitCode;
            }

            isEnded = true;
            return end(exitCode).GetAwaiter().GetResult();
        }
    }

    private void EndBetweenStages()
    {
        lock (gate)
        {
            if (isRunning)
            {
                // The stage is cancelled by the same signal and ends the run by its failure.
                return;
            }

            EndOnce(cancellation.ExitCode);
        }

        Environment.Exit(cancellation.ExitCode);
    }

    private void EndWithProcess()
    {
        lock (gate)
        {
            // A process that is ended in the middle of a stage leaves what a killed one leaves, and says nothing of it.
            if (!isBegun || isRunning)
            {
                return;
            }

            var exitCode = build.ExitCode ?? Environment.ExitCode;
            EndOnce(exitCode == ExitCodes.Done && !IsWhole ? -1 : exitCode);
        }
    }

    private bool IsWhole => build.ExecutionPlan.Where(target => ReleaseStages.Find(target.Name) is not null)
        .All(target => target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Skipped);
}
