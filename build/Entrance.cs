using Belay;
using Belay.Arguments;
using Belay.Printing;
using Belay.Releases;

/// <summary>What happens before the engine reads its first parameter and after its last line.</summary>
static class Entrance
{
    private static RunArguments? arguments;

    /// <summary>What this process was told, checked.</summary>
    /// <exception cref="InvalidOperationException">Nothing was checked yet.</exception>
    public static RunArguments Arguments
        => arguments ?? throw new InvalidOperationException("The arguments are read before the engine starts.");

    /// <summary>Prepares the environment, runs the engine, ends the run on this same thread, and prints what must stand last.</summary>
    /// <param name="execute">Runs the engine and returns its exit code.</param>
    /// <param name="end">Writes the record of a run with this exit code and stops what it started;
    /// returns the exit code that holds.</param>
    public static int Run(Cancellation cancellation, Func<int> execute, Func<int, Task<int>> end)
    {
        GuardedConsole.Install();
        cancellation.Listen();
        try
        {
            var rootFolder = RepositoryRoot.Find();
            arguments = ReleaseArguments.Read(rootFolder, Declarations.Targets, Declarations.Parameters);
            if (arguments.IsHelp)
            {
                HelpText.Lines(arguments.HelpTopics, Declarations.Targets, Declarations.Parameters, OptionSet.OfBuild)
                    .ToList().ForEach(Console.WriteLine);
                return ExitCodes.Done;
            }

            if (arguments.IsVersion)
            {
                Console.WriteLine(BelayVersion.Line);
                return ExitCodes.Done;
            }

            ConsoleChoices.Apply(arguments.HasNoColour, arguments.IsJson);
            EngineVariables.Withhold(arguments.Skipped);
            return InFolder(rootFolder, execute, end);
        }
        catch (BelayException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine($"Hint: {exception.Hint}");
            return exception.ExitCode;
        }
    }

    private static int InFolder(string rootFolder, Func<int> execute, Func<int, Task<int>> end)
    {
        var folder = EngineFolder.Create(rootFolder, Arguments.Profiles);

        // The engine ends the process by itself after some options.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var exitCode = end(execute()).GetAwaiter().GetResult();
        TestTotals.PrintLastLine();
        return exitCode;
    }
}
