namespace Belay.Reporting;

/// <summary>A migration as Status shows it.</summary>
/// <param name="Name">Its file name without the ending.</param>
/// <param name="AppliedUtc">When it was applied; null when it is pending.</param>
/// <param name="Remark">What is odd about it, for example a changed checksum; null for nothing.</param>
internal sealed record StatusMigration(string Name, DateTimeOffset? AppliedUtc, string? Remark = null)
{
    /// <summary>Whether it stopped part-way outside a transaction. The default is no.</summary>
    public bool IsPartWay { get; init; }
}
