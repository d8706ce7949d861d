using Belay.Reporting;

namespace Belay.Monitoring;

/// <summary>A migration as Status prints it in JSON.</summary>
/// <param name="State"><c>applied</c>, <c>pending</c> or <c>part-way</c>.</param>
/// <param name="AppliedUtc">When it was applied; null when it was not.</param>
/// <param name="Remark">What is odd about it; null for nothing.</param>
internal sealed record StatusDocumentMigration(string Name, string State, DateTimeOffset? AppliedUtc, string? Remark)
{
    public static StatusDocumentMigration Of(StatusMigration migration) => new(
        migration.Name,
        migration.AppliedUtc is not null ? "applied" : migration.IsPartWay ? "part-way" : "pending",
        migration.AppliedUtc,
        migration.Remark);
}
