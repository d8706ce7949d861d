using Belay;
using Belay.Arguments;
using Nuke.Common;
using Nuke.Common.IO;

/// <summary>What this build does in the engine's place.</summary>
sealed partial class Build : INukeBuild
{
    bool isEngineNamed;

    public Build()
    {
        // The engine listens to Ctrl+C by now, and has read where its folder is.
        Own.Signals.Listen();
        EngineFolder.Forget();
    }

    // NUKE would write a page and hand it to the desktop, which a runner has none of.
    bool INukeBuild.Plan => false;

    // With a project NUKE would take a second of processor time to write .nuke/build.schema.json anew, which is committed.
    AbsolutePath? INukeBuild.BuildProjectFile => null;

    protected override void OnBuildCreated()
    {
        isEngineNamed = !NoLogo;
        NoLogo = true;
    }

    protected override void OnBuildInitialized()
    {
        Own.Plan = PlanReader.Read(ExecutionPlan);
        if (Entrance.Arguments.IsPlan)
        {
            PlanText.Lines(Own.Plan, Entrance.Arguments.Skipped).ToList().ForEach(Console.WriteLine);
            Environment.Exit(Belay.ExitCodes.Done);
        }

        if (isEngineNamed)
        {
            Console.WriteLine(EngineName.Line);
        }

        if (Verbosity != Verbosity.Verbose)
        {
            Own.HushesEngine = true;
            GuardedConsole.Hush();
        }
    }
}
