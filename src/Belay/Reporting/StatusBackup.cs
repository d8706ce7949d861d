using Belay.Backups;

namespace Belay.Reporting;

/// <summary>A backup as Status shows it.</summary>
/// <param name="EndedUtc">When it was complete.</param>
/// <param name="Size">Its stored size in bytes.</param>
/// <param name="Proof">The level of proof, in words.</param>
/// <param name="DeleteUtc">When cleanup will delete it; null when it never will.</param>
/// <param name="Remark">Why it stays or what is odd about it, for example a hold; null for nothing.</param>
internal sealed record StatusBackup(
    string Id, DateTimeOffset EndedUtc, long Size, string Proof, DateTimeOffset? DeleteUtc, string? Remark = null)
{
    /// <summary>The database that it is of; null when its manifest cannot be read.</summary>
    public string? Database { get; init; }

    /// <summary>The address of the server that it was taken on; null when its manifest does not say.</summary>
    public string? Server { get; init; }

    /// <summary>The level of proof that a monitor may count on: none for a backup that is not whole. The default is none.</summary>
    public ProofLevel Level { get; init; }
}
