using Belay.Settings;

namespace Belay.Planning;

/// <summary>What a release can be told of its plan.</summary>
internal static class PlanningParameters
{
    /// <summary>The plan that was approved.</summary>
    public static Parameter<string?> PlanFile { get; } = Declare.Text(
        "plan-file", "Migrate runs what this plan says, from PlanRelease, and refuses when anything is otherwise now");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [PlanFile];
}
