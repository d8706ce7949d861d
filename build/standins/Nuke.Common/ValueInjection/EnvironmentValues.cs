namespace Nuke.Common.ValueInjection;

/// <summary>Parameters from the environment.</summary>
/// <param name="variables">All variables.</param>
internal sealed class EnvironmentValues(IReadOnlyDictionary<string, string> variables)
{
    private const string Prefix = "NUKE";

    private readonly ILookup<string, KeyValuePair<string, string>> byNormalizedName =
        variables.Where(pair => pair.Value.Length > 0).ToLookup(pair => Naming.Normalize(pair.Key));

    /// <summary>
    /// The variable for a parameter: the exact name first, then any whose letters and digits are the name, with or without NUKE before it.
    /// The engine's options are read from <c>NUKE_…</c> alone, because any tool may set TARGET, ROOT or PROFILE; only SKIP is
    /// honoured plainly, as pipelines do. An empty variable counts as not set.
    /// </summary>
    /// <param name="member">The parameter.</param>
    /// <param name="faults">Gets a text when several variables contradict each other.</param>
    /// <returns>Null when no variable is set.</returns>
    public (string Variable, string Value)? Find(ParameterMember member, ICollection<string> faults)
    {
        var plain = !member.IsEngine || member.Name == nameof(EngineOptions.Skip);
        if (plain && !member.IsEngine && variables.TryGetValue(member.Name, out var exact) && exact.Length > 0)
        {
            return (member.Name, exact);
        }

        var name = Naming.Normalize(member.Name);
        KeyValuePair<string, string>[] found = [.. plain ? byNormalizedName[name] : [], .. byNormalizedName[Prefix + name]];
        if (found.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            var names = string.Join(" and ", found.Select(pair => pair.Key).Order(StringComparer.Ordinal));
            faults.Add($"{names} are both set in the environment, to different values, and both mean {member.Option}; unset one");
        }

        return found.Length == 0 ? null : (found[0].Key, found[0].Value);
    }
}
