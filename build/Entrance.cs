using Belay;
using Belay.Arguments;
using Belay.Settings;

/// <summary>What happens before the engine reads its first parameter and after its last line.</summary>
static class Entrance
{
    /// <summary>Another program's command line, which NUKE takes in place of the typed one while the file is younger than a minute.</summary>
    private const string SurrogateFile = "resharper-surrogate.log";

    private static RunArguments? arguments;

    /// <summary>What this process was told, checked.</summary>
    /// <exception cref="InvalidOperationException">Nothing was checked yet.</exception>
    public static RunArguments Arguments => arguments ?? throw new InvalidOperationException("The arguments are read before the engine starts.");

    /// <summary>Prepares the environment, runs the engine, and prints what must stand last.</summary>
    /// <param name="execute">Runs the engine and returns its exit code.</param>
    public static int Run(Func<int> execute)
    {
        GuardedConsole.Install();
        try
        {
            var rootFolder = RepositoryRoot.Find();
            DotEnvFile.Load(Path.Combine(rootFolder, ".env"));
            AmbientEnvironment.Clear();
            SecretVariables.Remember(EnvironmentVariables.Read()).ToList().ForEach(Console.Error.WriteLine);
            arguments = ReadArguments(rootFolder);
            if (arguments.IsHelp)
            {
                HelpText.Lines(Declarations.Targets, Declarations.Parameters).ToList().ForEach(Console.WriteLine);
                return ExitCodes.Done;
            }

            EngineVariables.Withhold(arguments.Skipped);
            DeleteSurrogate(Path.Combine(rootFolder, ".nuke", "temp", SurrogateFile));
            var exitCode = execute();
            TestTotals.PrintLastLine();
            return exitCode;
        }
        catch (BelayException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine($"Hint: {exception.Hint}");
            return exception.ExitCode;
        }
    }

    private static void DeleteSurrogate(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }

    private static RunArguments ReadArguments(string rootFolder)
        => new ArgumentCheck(Declarations.Parameters, [.. Declarations.Targets.Select(target => target.Name)]).Read(new ArgumentSources
        {
            Words = Environment.GetCommandLineArgs()[1..],
            Environment = EnvironmentVariables.Read(),
            RootFolder = rootFolder,
        });
}
