using Belay.Settings;

namespace Belay.Arguments;

/// <summary>Reads parameters from the environment: a variable is meant when its letters and digits are the parameter's name, with or
/// without NUKE before it.</summary>
/// <param name="environment">The environment's variables. An empty one counts as not set.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class ParameterVariables(IReadOnlyDictionary<string, string> environment, SettingsFaults faults)
{
    private const string Prefix = "NUKE";

    private readonly ILookup<string, KeyValuePair<string, string>> byName =
        environment.Where(variable => variable.Value.Trim().Length > 0).ToLookup(variable => Names.OfVariable(variable.Key));

    /// <summary>What a parameter's variable says; null when none is set.</summary>
    public GivenText? Find(Parameter parameter)
        => parameter.Sources.HasFlag(ParameterSources.Environment) ? Find(parameter.Name, parameter.Option) : null;

    /// <summary>What the variable of a name says; null when none is set. Two that contradict each other are a fault.</summary>
    /// <param name="meaning">What both mean, for the message.</param>
    public GivenText? Find(string name, string meaning)
    {
        var plain = Names.OfVariable(name);
        KeyValuePair<string, string>[] found = [.. byName[plain], .. byName[Prefix + plain]];
        if (found.Select(variable => variable.Value).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            var names = string.Join(" and ", found.Select(variable => variable.Key).Order(StringComparer.Ordinal));
            faults.Add($"{names} in the environment contradict each other: both mean {meaning}", $"unset {found[^1].Key}");
        }

        return found.Length == 0 ? null : new GivenText(found[0].Value, $"{found[0].Key} in the environment");
    }
}
