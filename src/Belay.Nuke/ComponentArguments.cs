using Belay.Arguments;
using Belay.Releases;
using Belay.Settings;
using Nuke.Common;

namespace Belay.Nuke;

/// <summary>What a build with parameters and targets of its own was told of a release.</summary>
internal static class ComponentArguments
{
    private const string Script = "build.sh";

    /// <summary>Prepares the environment and reads everything from outside.</summary>
    /// <exception cref="SettingsException">Lists every fault; no secret is in it.</exception>
    public static RunArguments Read(INukeBuild build)
    {
        string rootFolder = build.RootDirectory;
        RunEnvironment.Prepare(rootFolder, Console.Error);
        return new ArgumentCheck(ReleaseParameters.All, ComponentMembers.TargetNamesOf(build))
        {
            Options = OptionSet.Beside(ComponentMembers.ParameterNamesOf(build)),
        }.ReadBeside(new ArgumentSources
        {
            Words = Environment.GetCommandLineArgs()[1..],
            Environment = EnvironmentVariables.Read(),
            RootFolder = rootFolder,
        });
    }

    /// <summary>Refuses a build that goes on after an earlier attempt, by whatever way it was told to.</summary>
    /// <exception cref="SettingsException">It goes on.</exception>
    public static void DemandWholeRun(INukeBuild build)
    {
        if (build.Continue)
        {
            throw new SettingsException(
                "A release is not continued: a text file would be taken at its word for what has already run",
                "leave out --continue; what was applied is not applied again");
        }
    }

    /// <summary>How the build is typed.</summary>
    public static TypedProgram ProgramOf(INukeBuild build)
        => new(File.Exists(Path.Combine(build.RootDirectory, Script)) ? TypedProgram.InTexts : "nuke");
}
