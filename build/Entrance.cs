using Belay;
using Belay.Settings;

/// <summary>What happens before the engine reads its first parameter and after its last line.</summary>
static class Entrance
{
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
}
