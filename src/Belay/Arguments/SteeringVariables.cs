using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The variables by which an engine runs something else than what was typed, unless they are withheld from it.</summary>
internal static class SteeringVariables
{
    private const string Prefix = "NUKE";
    private const string Skip = "SKIP";

    private static readonly string[] Names = ["TARGET", "CONTINUE"];

    /// <summary>Refuses them: TARGET and CONTINUE, and SKIP where it is empty, which leaves out every dependency and trigger.</summary>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Refuse(IReadOnlyDictionary<string, string> environment, SettingsFaults faults)
    {
        foreach (var (name, value) in environment.Where(Steers).OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            faults.Add(
                $"{name} in the environment{(value.Trim().Length == 0 ? ", though it is empty," : "")} would change what the engine runs",
                $"unset {name}, and type what it says");
        }
    }

    private static bool Steers(KeyValuePair<string, string> variable)
    {
        var letters = Arguments.Names.OfVariable(variable.Key);
        var plain = letters.StartsWith(Prefix, StringComparison.Ordinal) ? letters[Prefix.Length..] : letters;
        return Names.Contains(plain) || (plain == Skip && variable.Value.Trim().Length == 0);
    }
}
