namespace Belay.Reporting;

/// <summary>The backup that stood behind a release.</summary>
/// <param name="Store">The store as people may see it.</param>
/// <param name="Size">Its stored size in bytes.</param>
/// <param name="Proof">The level of proof it reached, in words.</param>
/// <param name="KeepUntilUtc">Cleanup leaves it until then.</param>
internal sealed record ReleaseBackup(string Id, string Store, long Size, string Proof, DateTimeOffset KeepUntilUtc);
