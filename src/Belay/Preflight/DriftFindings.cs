using Belay.Schema;

namespace Belay.Preflight;

/// <summary>What it means for a release that the schema is, or is not, as the last one left it.</summary>
internal static class DriftFindings
{
    /// <summary>The finding.</summary>
    /// <param name="drift">The comparison; null when nothing was recorded yet.</param>
    public static IReadOnlyList<Finding> Of(SchemaDrift? drift, DriftPolicy policy) => drift switch
    {
        null => [],
        { Difference: null } => [new(
            FindingSeverity.Information,
            $"The schema was recorded on {Quantity.Utc(drift.Stored.RecordedUtc)} by PostgreSQL {drift.Stored.ServerMajor} and is not "
                + "compared: another version words it differently. The next release records it again")],
        { IsEqual: true } => [
            new(
                FindingSeverity.Information,
                $"The schema is as it was left on {Quantity.Utc(drift.Stored.RecordedUtc)} ({drift.Stored.Reason})"),
        ],
        { Difference: var difference } => [new(
            policy == DriftPolicy.Refuse ? FindingSeverity.Refusal : FindingSeverity.Warning,
            string.Join('\n', [
                $"The schema is not as it was left on {Quantity.Utc(drift.Stored.RecordedUtc)} ({drift.Stored.Reason}): "
                    + $"{difference.Summary}",
                .. difference.Shown.Select(line => $"  {line}")]),
            policy == DriftPolicy.Refuse
                ? "put the change into a migration or take it back; or let it pass once with --drift warn: the release then records the "
                    + "schema as it is"
                : null)],
    };
}
