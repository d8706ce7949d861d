using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Reporting;

namespace Belay.Checklists;

/// <summary>The guide's checklist before a migration, ticked by what can be seen now.</summary>
internal static class BeforeChecklist
{
    private static readonly Version Oldest = new(9, 5);

    /// <summary>The items in the guide's order.</summary>
    public static IReadOnlyList<ReleaseTask> Of(ChecklistFacts facts) =>
    [
        Backup(facts),
        new(
            "Verify DATABASE_URL environment variable is set",
            facts is { Database: not null, DatabaseFault: null },
            facts.DatabaseFault ?? (facts.Database is { } database ? $"{database} answered" : "it is not set")),
        Version(facts),
        Tables(facts),
        new(
            "Review migration SQL script",
            false,
            facts.Pending is { Count: > 0 } pending
                ? $"yours to do: {string.Join(", ", pending)}; ./build.sh PlanRelease writes what would run, to be approved"
                : "yours to do"),
        new(
            "Schedule migration during low-traffic period (optional but recommended)",
            false,
            facts.Sessions is { } sessions ? $"yours to decide; {Quantity.Count(sessions, "other session")} now" : "yours to decide"),
        new(
            "Notify team of migration schedule",
            false,
            facts.Webhooks == 0
                ? "yours to do; WEBHOOK_URL would tell a chat room when it begins"
                : $"yours to do; {Quantity.Count(facts.Webhooks, "webhook")} will be told when it begins"),
    ];

    private static ReleaseTask Backup(ChecklistFacts facts)
    {
        const string Title = "Backup database (MANDATORY - no exceptions)";
        if (facts.StoreFault is { } fault)
        {
            return new(Title, false, fault);
        }

        if (facts.Database is null)
        {
            return new(Title, false, NotSeen(facts));
        }

        if (facts.Backups.FirstOrDefault(backup => backup.Judgement.IsProven)?.Manifest is not { } newest)
        {
            return new(
                Title, false, "the store has no proven backup of it; ./build.sh Backup takes one, and Migrate does before anything else");
        }

        var age = facts.NowUtc - newest.EndedUtc;
        var isOld = age > facts.MaximumAge || age < -BackupClock.Tolerance;
        var isOutrun = facts.Applied.Any(row => row.AppliedUtc >= newest.SnapshotUtc);
        return new(
            Title,
            !isOld && !isOutrun && facts.DatabaseFault is null,
            $"{newest.Id}, {Quantity.Duration(age)} old, proven by {BackupJudgement.LevelOf(newest).Name()}"
                + (isOutrun ? "; it is older than the newest migration, and Migrate takes another one first"
                    : isOld ? $"; the gate wants one of the last {Quantity.Duration(facts.MaximumAge)}, and Migrate takes it first"
                    : facts.DatabaseFault is null ? "" : "; whether a migration came after it was not looked at"));
    }

    private static ReleaseTask Version(ChecklistFacts facts) => new(
        "Ensure PostgreSQL version is 9.5+ (ideally 12+)",
        facts.ServerVersion >= Oldest,
        facts.ServerVersion is { } version ? $"PostgreSQL {version}" : NotSeen(facts));

    private static ReleaseTask Tables(ChecklistFacts facts)
    {
        const string Title = "Confirm user table exists and has active users";
        return facts switch
        {
            { Pending: null } => new(Title, false, NotSeen(facts)),
            { Pending.Count: 0 } => new(Title, false, "no migration is pending, so no table is meant"),
            { Tables.Count: 0 } => new(Title, false, "the pending migrations' words name no table that must be there"),
            _ => new(
                Title,
                facts.Tables.All(table => table.HasRows is true),
                string.Join(", ", facts.Tables.Select(table => $"{table.Name} {Words(table.HasRows)}"))),
        };
    }

    private static string NotSeen(ChecklistFacts facts)
        => facts.DatabaseFault ?? (facts.Database is null ? "DATABASE_URL is not set" : "there is no folder of migrations");

    private static string Words(bool? hasRows) => hasRows switch
    {
        true => "is there and has rows",
        false => "is there and is empty",
        null => "is missing or may not be read",
    };
}
