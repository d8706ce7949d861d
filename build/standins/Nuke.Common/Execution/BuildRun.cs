using System.Linq.Expressions;
using Nuke.Common.Output;
using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>One run of a build class, from the command line to the exit code.</summary>
internal sealed class BuildRun(BuildInvocation invocation, NukeBuild build)
{
    private const int Failure = -1;

    /// <summary>Runs a build.</summary>
    /// <param name="defaultTargets">The targets that run when none is named.</param>
    /// <returns>0, the build's own exit code, or -1.</returns>
    public static int Execute<T>(BuildInvocation invocation, IReadOnlyList<Expression<Func<T, Target>>> defaultTargets)
        where T : NukeBuild, new()
    {
        var build = new T();
        try
        {
            return new BuildRun(invocation, build)
                .Run([.. defaultTargets.Select(expression => ((MemberExpression)expression.Body).Member.Name)]);
        }
        catch (Exception exception)
        {
            // The outermost handler: a build that can't start is a failed build, not a crash.
            Console.Error.WriteLine(NukeBuild.Verbosity == Verbosity.Verbose ? exception.ToString() : exception.Message);
            return build.ExitCode ?? Failure;
        }
    }

    private int Run(string[] defaults)
    {
        CommandLine.Current = new CommandLine(invocation.Arguments, invocation.Environment);
        var options = new EngineOptions(CommandLine.Current);
        NukeBuild.Verbosity = options.Verbosity;
        NukeBuild.LoadedLocalProfiles = options.Profile;
        build.NoLogo = options.NoLogo;
        ParameterInjection.Inject(build);
        build.OnBuildCreated();
        var graph = TargetGraph.Of(build);
        foreach (var name in CommandLine.Current.Targets ?? defaults)
        {
            graph.Find(name).Invoked = true;
        }

        build.ExecutionPlan = ExecutionPlanner.Plan(graph.Targets);
        build.OnBuildInitialized();
        if (options.Skip is { } skipped)
        {
            new TargetSkipper(build.ExecutionPlan).Skip(skipped);
        }

        DemandRequirements();
        return RunTargets();
    }

    private void DemandRequirements()
    {
        foreach (var target in build.ScheduledTargets)
        {
            if (target.Definition.Requirements.FirstOrDefault(requirement => !requirement.Compile()()) is { } unmet)
            {
                throw new BuildDefinitionException($"Target '{target.Name}' requires '{unmet.Body}'");
            }
        }
    }

    private int RunTargets()
    {
        BuildLog.Open(build);
        try
        {
            new TargetExecutor(build, invocation.TimeProvider).RunAll();
            BuildLog.Leave();
            BuildLog.RepeatWarnings();
            SummaryText.Write(build, invocation.TimeProvider.GetLocalNow());
        }
        finally
        {
            BuildLog.Leave();
            build.OnBuildFinished();
            Log.CloseAndFlush();
        }

        return build.ExitCode ?? (build.IsSucceeding ? 0 : Failure);
    }
}
