using Belay.Settings;

namespace Belay.Reporting;

/// <summary>Where the outcome of a run goes besides its record.</summary>
internal static class ReportingParameters
{
    /// <summary>The file of a pipeline's variables.</summary>
    public static Parameter<string?> ReleaseOutputs { get; } = Declare.Variable(
        "release-outputs",
        "A file that gets the outcome for a pipeline, a line name=value each: belay_backup_id, belay_record, belay_applied, belay_outcome");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [ReleaseOutputs];
}
