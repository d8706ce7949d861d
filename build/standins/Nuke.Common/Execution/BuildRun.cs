using System.Linq.Expressions;
using Nuke.Common.Output;
using Nuke.Common.ValueInjection;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>One run of a build class, from the command line to the exit code.</summary>
internal sealed class BuildRun
{
    private const int Failure = -1;

    private readonly BuildInvocation invocation;
    private readonly SecretMask mask;
    private readonly IReadOnlyList<ParameterMember> members;
    private readonly ParameterSources sources;
    private readonly EngineOptions options = new();

    private BuildRun(BuildInvocation invocation, SecretMask mask, Type type)
    {
        this.invocation = invocation;
        this.mask = mask;
        members = [.. ParameterMember.Of(type), .. ParameterMember.Of(typeof(EngineOptions))];
        if (members.GroupBy(member => Naming.Normalize(member.Name)).FirstOrDefault(group => group.Count() > 1) is { } clash)
        {
            throw new BuildDefinitionException($"Several parameters are called {clash.First().Option}");
        }

        sources = new ParameterSources(invocation, members);
    }

    /// <summary>Runs a build.</summary>
    /// <param name="invocation">The run's surroundings.</param>
    /// <param name="defaultTargets">The targets that run when none is named.</param>
    /// <returns>0, the build's own exit code, 2 for a wrong command line, or -1.</returns>
    public static int Execute<T>(BuildInvocation invocation, IReadOnlyList<Expression<Func<T, Target>>> defaultTargets)
        where T : NukeBuild, new()
    {
        var mask = new SecretMask();
        using var console = new MaskedConsole(invocation.Output, invocation.Error, mask);
        try
        {
            string[] defaults = [.. defaultTargets.Select(expression => ((MemberExpression)expression.Body).Member.Name)];
            return new BuildRun(invocation, mask, typeof(T)).Run(() => new T(), typeof(T), defaults);
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine($"Hint: {exception.Hint}");
            return UsageException.ExitCode;
        }
        catch (Exception exception)
        {
            // The outermost handler: a build that can't start is a failed build, not a crash.
            Report(exception);
            return Failure;
        }
    }

    private static void Report(Exception exception)
        => Console.Error.WriteLine(NukeBuild.Verbosity == Verbosity.Verbose ? exception.ToString() : exception.Message);

    private int Run(Func<NukeBuild> create, Type type, string[] defaults)
    {
        var probe = new EngineOptions();
        sources.Inject(probe, mask);
        var root = FindRoot(probe, type);
        sources.ReadFiles(root, probe.Profile ?? []);
        sources.Inject(options, mask);
        SetStatics(root, type);

        var build = create();
        build.OnBuildCreated();
        sources.Inject(build, mask);
        build.NoLogo |= options.NoLogo;
        build.Help = options.Help;
        build.Plan = options.Plan;

        var graph = TargetGraph.Of(build, defaults);
        var skipped = ChooseTargets(graph, out var isNothingInvoked);
        if (options.Help || (isNothingInvoked && sources.Faults.Count == 0))
        {
            HelpText.Write(graph.Targets, members);
            return 0;
        }

        DemandNoFaults();
        build.ExecutionPlan = ExecutionPlanner.Plan(graph.Targets);
        var skipper = new TargetSkipper(build.ExecutionPlan);
        if (skipped is not null)
        {
            skipper.SkipByParameter(skipped);
        }

        if (!options.Plan)
        {
            return RunTargets(build, skipper, graph);
        }

        skipper.SkipByCondition();
        PlanText.Write(build.ExecutionPlan);
        return 0;
    }

    private int RunTargets(NukeBuild build, TargetSkipper skipper, TargetGraph graph)
    {
        BuildLog.Open(build);
        try
        {
            BuildSchema.Refresh(NukeBuild.RootDirectory, members, graph.Targets);
            build.OnBuildInitialized();
            skipper.SkipByCondition();
            new RequirementChecker(build, [.. members.Where(member => !member.IsEngine)]).Demand();
            new TargetExecutor(build, invocation.TimeProvider).RunAll();
            BuildLog.Leave();
            BuildLog.RepeatWarnings();
            SummaryText.Write(build, invocation.TimeProvider.GetLocalNow());
        }
        catch (Exception exception) when (exception is not UsageException)
        {
            // Targets can't throw here; what does is a hook or a static condition, and it fails the build.
            Report(exception);
            return build.ExitCode ?? Failure;
        }
        finally
        {
            BuildLog.Leave();
            build.OnBuildFinished();
            Log.CloseAndFlush();
        }

        return build.ExitCode ?? (build.IsSucceeding ? 0 : Failure);
    }

    private string FindRoot(EngineOptions given, Type type)
    {
        var root = given.Root is null
            ? RootFolder.Find(invocation.WorkingFolder, Path.GetDirectoryName(type.Assembly.Location))
            : Path.GetFullPath(given.Root, invocation.WorkingFolder);
        if (root is null || !Directory.Exists(root))
        {
            sources.Add(root is null
                ? $"Could not locate '.nuke' directory/file while walking up from '{invocation.WorkingFolder}'"
                : $"--root: the folder {root} does not exist");
            DemandNoFaults();
        }

        return root!;
    }

    private void SetStatics(string root, Type type)
    {
        NukeBuild.RootDirectory = root;
        NukeBuild.Verbosity = options.Verbosity ?? Verbosity.Normal;
        NukeBuild.LoadedLocalProfiles = options.Profile ?? [];
        NukeBuild.Remember(type.Assembly);
    }

    /// <summary>Marks the invoked targets and finds those to skip.</summary>
    /// <returns>Null when nothing is to be skipped; empty when all that was not invoked is.</returns>
    private List<ExecutableTarget>? ChooseTargets(TargetGraph graph, out bool isNothingInvoked)
    {
        var positional = sources.PositionalTargets.SelectMany(word => word.Split('+', StringSplitOptions.RemoveEmptyEntries));
        string[] names = [.. positional, .. options.Target ?? []];
        var invoked = names.Length == 0 ? [.. graph.Targets.Where(target => target.IsDefault)] : FindAll(graph, names);
        invoked.ForEach(target => target.Invoked = true);
        isNothingInvoked = names.Length == 0 && invoked.Count == 0;
        if (options.Skip is null)
        {
            return null;
        }

        var skipped = FindAll(graph, options.Skip);
        foreach (var target in skipped.Where(target => target.Invoked))
        {
            // NUKE runs the target all the same, but without its dependencies.
            sources.Add($"Target '{target.Name}' is both invoked and skipped");
        }

        return skipped;
    }

    private List<ExecutableTarget> FindAll(TargetGraph graph, string[] names)
    {
        var found = names.Select(name => (Name: name, Target: graph.Find(name))).ToList();
        foreach (var (name, _) in found.Where(pair => pair.Target is null))
        {
            var available = graph.Targets.Select(target => $"  - {target.Name}").Order(StringComparer.Ordinal);
            sources.Add($"Target with name '{name}' does not exist. Available targets are:{Environment.NewLine}{string.Join(Environment.NewLine, available)}");
        }

        return [.. found.Where(pair => pair.Target is not null).Select(pair => pair.Target!).Distinct()];
    }

    private void DemandNoFaults()
    {
        if (sources.Faults.Count > 0)
        {
            throw new UsageException([.. sources.Faults], "./build.sh --help lists targets and parameters");
        }
    }
}
