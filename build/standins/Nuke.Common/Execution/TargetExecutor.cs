using System.Reflection;
using Nuke.Common.Output;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan one after another.</summary>
/// <param name="build">The build object with its plan.</param>
internal sealed class TargetExecutor(NukeBuild build, TimeProvider timeProvider)
{
    private bool stopped;

    /// <summary>Runs all that is scheduled, up to the first failure.</summary>
    public void RunAll()
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (target.Status == ExecutionStatus.Scheduled && stopped)
            {
                target.Status = ExecutionStatus.NotRun;
            }
            else if (target.Status == ExecutionStatus.Scheduled)
            {
                Run(target);
            }
        }
    }

    private void Run(ExecutableTarget target)
    {
        var start = timeProvider.GetTimestamp();
        try
        {
            if (target.Definition.DynamicConditions.FirstOrDefault(condition => !condition.Holds()) is { } unmet)
            {
                target.Status = ExecutionStatus.Skipped;
                target.SummaryInformation = new Dictionary<string, string> { ["OnlyWhen"] = unmet.Text };
                return;
            }

            RunActions(target);
        }
        catch (Exception exception)
        {
            // Whatever a target throws fails the target, never the engine.
            target.Duration = timeProvider.GetElapsedTime(start);
            Fail(target, Unwrap(exception));
            return;
        }

        target.Duration = timeProvider.GetElapsedTime(start);
    }

    private void RunActions(ExecutableTarget target)
    {
        if (target.Definition.Actions.Count == 0)
        {
            target.Status = ExecutionStatus.Collective;
            return;
        }

        target.Status = ExecutionStatus.Running;
        BuildLog.Enter(target.Name);
        target.Definition.Actions.ForEach(action => action());
        target.Status = ExecutionStatus.Succeeded;
    }

    private static Exception Unwrap(Exception exception) => exception switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var inner] } => Unwrap(inner),
        _ => exception,
    };

    private void Fail(ExecutableTarget target, Exception exception)
    {
        target.Status = ExecutionStatus.Failed;
        stopped = true;
        if (target.SummaryInformation.Count == 0)
        {
            target.SummaryInformation = new Dictionary<string, string>
            {
                [exception.GetType().Name] = exception.Message.Split('\n', 2)[0].TrimEnd('\r'),
            };
        }

        Log.Error(exception, "Target {Target} has thrown an exception", target.Name);
    }
}
