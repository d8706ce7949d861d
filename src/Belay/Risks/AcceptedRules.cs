using Belay.Sql;

namespace Belay.Risks;

/// <summary>What pending files accept.</summary>
internal static class AcceptedRules
{
    /// <summary>Refuses a name that is no rule's: nobody would notice that it accepts nothing.</summary>
    /// <exception cref="RiskException">Names each with file and line.</exception>
    public static void Demand(IEnumerable<Migration> pending)
    {
        var unknown = pending.SelectMany(file => file.Directives.Accepted).Where(one => RiskRules.Find(one.Rule) is null).ToList();
        if (unknown.Count > 0)
        {
            throw new RiskException(
                string.Join('\n', unknown.Select(one => $"{one.Place}: \"accept {one.Rule}\" names no rule"))
                    + $"\nKnown are {string.Join(", ", RiskRules.All.Select(rule => rule.Name))}. Nothing was touched.",
                "docs/risks.md says what each of them sees");
        }
    }
}
