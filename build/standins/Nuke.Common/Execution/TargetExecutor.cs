using System.Reflection;
using Nuke.Common.Output;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs the targets of a plan one after another.</summary>
/// <param name="build">The build object with its plan.</param>
/// <param name="timeProvider">Measures durations.</param>
internal sealed class TargetExecutor(NukeBuild build, TimeProvider timeProvider)
{
    private bool stopped;

    /// <summary>Runs all that is scheduled. After a failure only targets with AssuredAfterFailure run.</summary>
    public void RunAll()
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (target.Status == ExecutionStatus.Skipped)
            {
                build.OnTargetSkipped(target.Name);
            }
            else if (stopped && !target.Definition.IsAssuredAfterFailure)
            {
                target.Status = ExecutionStatus.NotRun;
            }
            else
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
                build.OnTargetSkipped(target.Name);
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
        if (target.Status == ExecutionStatus.Succeeded)
        {
            build.OnTargetSucceeded(target.Name);
        }
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
        build.OnTargetRunning(target.Name);
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
        var isCancelled = exception is OperationCanceledException;
        target.Status = isCancelled ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
        var firstLine = exception.Message.Split('\n', 2)[0].TrimEnd('\r');
        target.SummaryInformation = new Dictionary<string, string>(target.SummaryInformation) { [exception.GetType().Name] = firstLine };
        stopped |= isCancelled || !target.Definition.IsProceedAfterFailure;

        // An operator needs the message; the stack trace comes with --verbosity verbose.
        var details = NukeBuild.Verbosity == Verbosity.Verbose ? exception.ToString() : exception.Message;
        Log.Error(isCancelled ? "Target {Target} was cancelled" : "Target {Target} has thrown an exception", target.Name);
        Console.WriteLine(details);
        build.OnTargetFailed(target.Name);
    }
}
