using Belay.Arguments;
using Belay.Local;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Nuke.Common;
using Nuke.Common.Utilities.Collections;
using Serilog;

sealed partial class Build
{
    static readonly string Root = RepositoryRoot.Find();
    static readonly Cancellation Cancellation = new(TimeProvider.System);
    static readonly ConsoleOutput Output = new(TimeProvider.System, text => Log.Warning("{Text:l}", text));
    static readonly Lazy<ReleaseSession> Session = new(() => new ReleaseSession(Program));

    // The engine finds a target by its definition, which must therefore be the same one each time.
    readonly Dictionary<ReleaseStage, Target> definitions = [];

    static ReleaseHost Program => new()
    {
        Input = new SettingsInput { RootFolder = Root, Environment = EnvironmentVariables.Read(), Given = Entrance.Arguments.Texts },
        Output = Output,
        Errors = Console.Error,
        TimeProvider = TimeProvider.System,
        Program = new TypedProgram(TypedProgram.InTexts) { Repeated = Entrance.Arguments.Repeated },
        SignalExitCode = () => Cancellation.ExitCode,
        Profile = Entrance.Arguments.Profiles.Contains("local", StringComparer.OrdinalIgnoreCase) ? new LocalProfile(Root) : null,
    };

    ReleasePlan PlannedStages => ReleasePlan.Of(
        InvokedTargets.Select(target => target.Name),
        ExecutionPlan.Except(SkippedTargets).Select(target => target.Name),
        ReleasePlan.IsDryRunIn(Entrance.Arguments.Texts));

    /// <summary>The target of a stage.</summary>
    Target Define(ReleaseStage stage)
        => definitions.GetValueOrDefault(stage) ?? (definitions[stage] = definition => Define(definition, stage));

    ITargetDefinition Define(ITargetDefinition definition, ReleaseStage stage)
    {
        definition.Description(stage.Description)
            .DependsOn(stage.DependsOn.Cast<ReleaseStage>().Select(Define).ToArray())
            .Triggers(stage.Triggers.Select(Define).ToArray())
            .After(ReleaseStages.All.TakeWhile(other => other != stage).Select(Define).ToArray());
        foreach (var condition in Session.Value.ConditionsOf(stage, () => PlannedStages))
        {
            definition.OnlyWhenDynamic(condition.Holds, condition.Text);
        }

        return definition.Executes(() => ReportAsync(token => Session.Value.RunAsync(stage, PlannedStages, token)));
    }

    /// <summary>Runs a target that is about this repository or the local profile.</summary>
    Task DevelopAsync(string target, Func<CancellationToken, Task<string>> work)
        => ReportAsync(token => Session.Value.RunAsync(target, work, token));

    async Task ReportAsync(Func<CancellationToken, Task<StageOutcome>> work)
    {
        EngineVariables.GiveBack();
        var outcome = await work(Cancellation.Token);
        if (outcome.Failure is { } failure)
        {
            ExitCode = failure.ExitCode;
            throw new StageFailedException(failure.Summary);
        }

        ReportSummary(pairs => pairs.AddPair(outcome.Name, outcome.Fact!));
    }
}
