using Belay.Schema;

namespace Belay.Monitoring;

/// <summary>The schema beside the recorded one, as Status prints it in JSON.</summary>
/// <param name="IsEqual">Whether it is as it was recorded; null when the two cannot be compared.</param>
/// <param name="RecordedBy">What left it so.</param>
/// <param name="Differences">Lines with + and -; none when it is equal.</param>
internal sealed record StatusDocumentSchema(
    bool? IsEqual, DateTimeOffset RecordedUtc, string RecordedBy, IReadOnlyList<string> Differences)
{
    public static StatusDocumentSchema Of(SchemaDrift drift) => new(
        drift.Difference is null ? null : drift.IsEqual,
        drift.Stored.RecordedUtc,
        drift.Stored.Reason,
        drift.Difference?.Recorded ?? []);
}
