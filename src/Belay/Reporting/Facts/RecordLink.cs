namespace Belay.Reporting.Facts;

/// <summary>A stored record's place in the chain of its database's records.</summary>
/// <param name="Number">Its number, counted from 1 without a gap.</param>
/// <param name="PreviousSha256">SHA-256 of the whole object that is the record before it; null for the first.</param>
/// <param name="ManifestSha256">SHA-256 of the object that was its backup's manifest when the record was stored; null without a
/// backup.</param>
internal sealed record RecordLink(long Number, string? PreviousSha256, string? ManifestSha256);
