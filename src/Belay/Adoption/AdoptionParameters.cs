using Belay.Layouts;
using Belay.Settings;

namespace Belay.Adoption;

/// <summary>What says whose history is taken over.</summary>
internal static class AdoptionParameters
{
    /// <summary>The tool whose history Adopt takes over; null for the only one found.</summary>
    public static Parameter<string?> From { get; } = Make([.. ForeignTools.AdoptableNames, ForeignTools.None]);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [From];

    private static Parameter<string?> Make(IReadOnlyList<string> names)
    {
        var list = WordList.Or(names);
        return new("from", $"The tool whose history Adopt takes over: {list}", ParameterKind.Choice)
        {
            Reader = text => names.Contains(text) ? new(text) : null,
            Rule = $"it must be {list}",
            Default = "the only one found",
            Sources = ParameterSources.CommandLine,
        };
    }
}
