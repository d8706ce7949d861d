using Belay.Settings;

namespace Belay.Releases;

/// <summary>Makes a process's environment that of a release, before anything else reads it.</summary>
public static class RunEnvironment
{
    /// <summary>Takes in <c>.env</c>, takes libpq's variables out, and has every secret masked from now on.</summary>
    /// <param name="rootFolder">The folder with <c>.env</c>.</param>
    /// <param name="errors">Where warnings of secrets go that are too short to be masked everywhere.</param>
    /// <exception cref="SettingsException"><c>.env</c> cannot be read.</exception>
    public static void Prepare(string rootFolder, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        DotEnvFile.Load(Path.Combine(rootFolder, ".env"));
        AmbientEnvironment.Clear();
        SecretVariables.Remember(EnvironmentVariables.Read()).ToList().ForEach(errors.WriteLine);
    }
}
