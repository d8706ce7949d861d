using Belay.Arguments;
using Belay.Printing;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Belay.Tool.Scaffolding;

namespace Belay.Tool;

/// <summary>The targets of a release, as <c>./build.sh</c> has them.</summary>
internal static class ReleaseCommand
{
    /// <summary>Runs what was typed.</summary>
    /// <param name="words">The command line without the program.</param>
    /// <param name="program">The program that was typed.</param>
    /// <param name="cancellation">Ends the run when a signal comes.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SettingsException">Something that was typed or set does not exist, is written
    /// wrong or would not take effect.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, TypedProgram program, Cancellation cancellation)
    {
        var root = ToolRoot.Find(words, Environment.CurrentDirectory);
        RunEnvironment.Prepare(root.Folder, Console.Error);
        var arguments = Read(words, root);
        if (arguments.IsHelp || arguments.IsVersion || arguments.IsPlan)
        {
            Show(arguments, program).ToList().ForEach(Console.WriteLine);
            return ExitCodes.Done;
        }

        ConsoleChoices.Apply(arguments.HasNoColour, arguments.IsJson);
        Console.WriteLine($"{BelayVersion.Line} in {root.Folder}");
        program = program with { Repeated = arguments.Repeated, TemporaryFolder = root.TemporaryFolder };
        var output = new StageConsole(EnvironmentVariables.Read(), TimeProvider.System);
        var host = HostOf(root, arguments, output) with
        {
            Program = program,
            MakesMigration = $"{program.Name} {NewCommand.Name} add_x",
            SignalExitCode = () => cancellation.ExitCode,
        };
        var session = new ReleaseSession(host);
        var outcome = await session.RunAsync(ReleaseOrder.PlanOf(arguments), cancellation.Token);
        output.Leave();
        output.RepeatWarnings();
        foreach (var (text, tone) in RunSummary.Lines(ReleaseOrder.Of(arguments.Targets), arguments.Skipped, outcome))
        {
            output.Release.Line(text, tone);
        }

        return await session.EndAsync(outcome.ExitCode);
    }

    private static RunArguments Read(IReadOnlyList<string> words, ToolRoot root)
        => new ArgumentCheck(ReleaseParameters.All, [.. ReleaseStages.All.Select(stage => stage.Name)]) { Options = OptionSet.OfTool }
            .Read(new ArgumentSources
            {
                Words = words,
                Environment = EnvironmentVariables.Read(),
                RootFolder = root.Folder,
                ParametersFile = root.ParametersFile,
                UnknownKeyHint = root.UnknownKeyHint,
            });

    private static IEnumerable<string> Show(RunArguments arguments, TypedProgram program)
        => arguments.IsVersion ? [BelayVersion.Line]
            : arguments.IsHelp
                ? HelpText.Lines(arguments.HelpTopics, ReleaseStages.All, ReleaseParameters.All, OptionSet.OfTool)
                    .Concat(arguments.HelpTopics.Count == 0 || arguments.HelpTopics.Contains(HelpText.All) ? ToolHelp.Commands : [])
                    .Select(program.In)
            : PlanText.Lines(ReleaseOrder.Of(arguments.Targets), arguments.Skipped);

    private static ReleaseHost HostOf(ToolRoot root, RunArguments arguments, StageConsole output) => new()
    {
        Input = new SettingsInput { RootFolder = root.Folder, Environment = EnvironmentVariables.Read(), Given = arguments.Texts },
        Output = output.Release,
        Errors = Console.Error,
        Paint = Palette.OfErrors.Paint,
        Recorded = arguments.IsJson ? GuardedConsole.WriteResult : null,
        TimeProvider = TimeProvider.System,
        Entering = output.Enter,
    };
}
