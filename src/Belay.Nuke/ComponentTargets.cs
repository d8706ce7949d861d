using System.Globalization;
using System.Runtime.CompilerServices;
using Belay.Arguments;
using Belay.Printing;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Nuke.Common;
using Nuke.Common.Execution;
using Serilog;

namespace Belay.Nuke;

/// <summary>The stages as targets of another team's build, which starts as any build of NUKE does: with <c>Execute</c>.</summary>
internal sealed class ComponentTargets : StageTargets
{
    private const string MakesMigration = "belay new add_x";

    private static readonly ConditionalWeakTable<IRelease, ComponentTargets> Known = [];

    private readonly IRelease build;
    private readonly RunOfComponents run;
    private RunArguments? arguments;
    private IReadOnlyDictionary<string, string>? texts;
    private bool isReady;

    private ComponentTargets(IRelease build)
    {
        this.build = build;
        run = new RunOfComponents(build, Cancellation, exitCode => Session.EndAsync(exitCode));
    }

    /// <inheritdoc/>
    public override RunArguments Arguments => arguments ??= ComponentArguments.Read(build);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Texts => texts ??= ReadTexts();

    /// <inheritdoc/>
    protected override Cancellation Cancellation { get; } = new(TimeProvider.System);

    /// <inheritdoc/>
    protected override ReleaseHost Host => new()
    {
        Input = Input,
        Output = new ConsoleOutput(TimeProvider.System, text => Log.Warning("{Text:l}", text)),
        Errors = Console.Error,
        Paint = Palette.OfErrors.Paint,
        TimeProvider = TimeProvider.System,
        Program = ComponentArguments.ProgramOf(build) with { Repeated = Arguments.Repeated },
        MakesMigration = MakesMigration,
        SignalExitCode = () => Cancellation.ExitCode,
    };

    private SettingsInput Input
        => new() { RootFolder = build.RootDirectory, Environment = EnvironmentVariables.Read(), Given = Texts };

    /// <summary>The targets of a build.</summary>
    public static StageTargets Of(IRelease build) => Known.GetValue(build, key => new ComponentTargets(key));

    /// <inheritdoc/>
    protected override bool IsReady(IRelease build)
    {
        if (isReady)
        {
            return true;
        }

        try
        {
            GuardedConsole.Install();
            ConsoleChoices.Apply(Arguments.HasNoColour, isJson: false);
            Session.DemandReadable();
            ComponentArguments.DemandWholeRun(build);
        }
        catch (BelayException refusal)
        {
            build.ExitCode = refusal.ExitCode;
            throw new RunRefusedException(refusal, ComponentArguments.ProgramOf(build));
        }

        run.WatchExit();
        return isReady = true;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> TypedIn(INukeBuild build) => TypedStages.Of(build.InvokedTargets);

    /// <inheritdoc/>
    protected override async Task RunAsync(IRelease build, ReleaseStage stage)
    {
        // Numbers and times are written alike whatever language the machine speaks; it holds until the stage is done.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        run.Enter();
        try
        {
            await base.RunAsync(build, stage);
        }
        finally
        {
            run.Leave();
        }

        if (!build.ExecutionPlan.Any(Follows))
        {
            run.End();
        }
    }

    /// <summary>Whether a target is a stage that will run yet.</summary>
    private bool Follows(ExecutableTarget target)
        => target.Status == ExecutionStatus.Scheduled
            && ReleaseStages.Find(target.Name) is { } stage
            && Session.ConditionsOf(stage, () => PlanOf(build)).All(condition => condition.Holds());

    private Dictionary<string, string> ReadTexts()
    {
        var all = new Dictionary<string, string>(Arguments.Texts);
        foreach (var (name, text) in ComponentMembers.TextsOf(build))
        {
            if (text is not null)
            {
                all.TryAdd(name, text);
            }
        }

        return all;
    }
}
