using Belay.Arguments;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>What this process was told, read once before anything runs.</summary>
public static class ReleaseArguments
{
    /// <summary>
    /// Loads <c>.env</c>, takes away what libraries would read from the environment behind our back, has
    /// every secret masked from now on, and checks the command line, the environment and the files of parameters. What is doubtful about a
    /// secret goes to standard error.
    /// </summary>
    /// <param name="rootFolder">The folder that holds <c>.env</c> and <c>.nuke</c>.</param>
    /// <param name="targets">The targets that exist.</param>
    /// <param name="parameters">The parameters that exist.</param>
    /// <exception cref="SettingsException">Lists every fault; no secret is in it.</exception>
    public static RunArguments Read(string rootFolder, IReadOnlyList<NamedTarget> targets, IReadOnlyList<Parameter> parameters)
    {
        RunEnvironment.Prepare(rootFolder, Console.Error);
        return new ArgumentCheck(parameters, [.. targets.Select(target => target.Name)]).Read(new ArgumentSources
        {
            Words = Environment.GetCommandLineArgs()[1..],
            Environment = EnvironmentVariables.Read(),
            RootFolder = rootFolder,
        });
    }
}
