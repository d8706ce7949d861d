using Belay.Backups.Catalogue;
using Belay.Reporting;

namespace Belay.Checklists;

/// <summary>The guide's tasks after a migration, ticked by the record of the newest release and by what can be seen now.</summary>
internal static class AfterChecklist
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>The items in the guide's order; none when no release is on record.</summary>
    public static IReadOnlyList<ReleaseTask> Of(ChecklistFacts facts) => facts.Newest is not { } record ? [] :
    [
        ReleaseTasks.Login(record),
        ReleaseTasks.Logs(record),
        ReleaseTasks.Team(record),
        Timestamp(facts, record),
        ReleaseTasks.Tracker,
        Backup(facts, record),
    ];

    private static ReleaseTask Timestamp(ChecklistFacts facts, ReleaseRecord record)
    {
        const string Title = "Document migration timestamp in change log";
        if (facts.DatabaseFault is { } fault)
        {
            return new(Title, false, $"the database's history was not looked at: {fault}");
        }

        var found = record.Migrations.Select(
            migration => (migration.Name, Row: facts.Applied.FirstOrDefault(row => row.FullName == migration.Name))).ToList();
        return found.FirstOrDefault(one => one.Row is null) is { Name: { } missing }
            ? new(Title, false, $"{missing} is not in the database's history: it was taken back, or this is another database")
            : found is [.., var last]
                ? new(Title, true, $"in the database's history, belay.migration: {last.Name} at {Quantity.Utc(last.Row!.AppliedUtc)}")
                : new(Title, false, "another tool ran the migrations, and keeps their history");
    }

    private static ReleaseTask Backup(ChecklistFacts facts, ReleaseRecord record)
    {
        const string Title = "Keep backup for 7 days before deletion";
        if (record.Backup is not { } backup)
        {
            return new(Title, false, "no backup is on the record");
        }

        if (facts.StoreFault is { } fault)
        {
            return new(Title, false, $"{backup.Id}: the store was not looked at: {fault}");
        }

        if (facts.Backups.FirstOrDefault(one => one.Manifest.Id == backup.Id) is not { } stored)
        {
            return new(Title, false, $"{backup.Id} is not in the store");
        }

        var until = stored.Manifest.KeepUntil;
        return !stored.Judgement.IsWhole
            ? new(Title, false, $"{backup.Id} is in the store and not whole: {stored.Judgement.Fault}")
            : stored.Manifest.Hold is { } hold
                ? new(Title, true, $"{backup.Id} is in the store, on hold: {hold}")
                : new(
                    Title,
                    until >= stored.Manifest.EndedUtc + Kept,
                    $"{backup.Id} is in the store, whole, and kept until {Quantity.Utc(until)}");
    }
}
