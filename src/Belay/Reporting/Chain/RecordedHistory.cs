using Belay.History;

namespace Belay.Reporting.Chain;

/// <summary>Sets the history that a database keeps itself against its records: what was cut off at their end is seen by nothing
/// else.</summary>
internal sealed class RecordedHistory(IEnumerable<AppliedMigration> applied)
{
    /// <summary>A baseline or an adoption has no backup, and may have been made without a store.</summary>
    private readonly List<AppliedMigration> rows = [.. applied.Where(row => row.BackupId is not null).OrderBy(row => row.AppliedUtc)];
    private readonly HashSet<(string Name, string? Backup)> recorded = [];

    /// <summary>A record that is as it was stored.</summary>
    public void See(ReleaseRecord record)
    {
        foreach (var migration in record.Migrations)
        {
            var found = rows.Find(row => row.FullName == migration.Name && row.BackupId == record.Backup?.Id);
            if (found is not null)
            {
                recorded.Add((found.FullName, found.BackupId));
            }
        }
    }

    /// <summary>Demands that the newest migrations are on record.</summary>
    /// <param name="firstUtc">When the first recorded run began; null without records.</param>
    /// <returns>What is not on record and need not be, one line each.</returns>
    /// <exception cref="RecordException">The history names migrations that are newer than all records.</exception>
    public IReadOnlyList<string> Demand(string database, DateTimeOffset? firstUtc)
    {
        var missing = rows.Where(row => !recorded.Contains((row.FullName, row.BackupId))).ToList();
        var known = rows.Except(missing).ToList();
        var cutOff = missing.Where(row => known is [.., var last]
            ? row.AppliedUtc > last.AppliedUtc
            : row.AppliedUtc >= (firstUtc ?? row.AppliedUtc)).ToList();
        if (cutOff is [var first, ..])
        {
            throw new RecordException(
                $"The history of {database} names {Quantity.Count(cutOff.Count, "migration")} that no record has, from {first.FullName} of "
                    + $"{Quantity.Utc(first.AppliedUtc)} behind backup {first.BackupId} on: records were cut off at the end, or that "
                    + "run was killed or could not reach the store, or was one of an older Belay",
                "look for artifacts/release-*.json of that run; ./build.sh Status --releases lists what is in the store");
        }

        var before = missing.Count(row => known.Count == 0 || row.AppliedUtc < known[0].AppliedUtc);
        var between = missing.Count - before;
        return
        [
            .. before == 0 ? [] : new[]
            {
                $"{Quantity.Count(before, "migration")} of the history {(before == 1 ? "is" : "are")} older than the first record of one",
            },
            .. between == 0 ? [] : new[]
            {
                $"{Quantity.Count(between, "migration")} of the history {(between == 1 ? "has" : "have")} no record, between others that "
                    + "have one: the run was killed or could not reach the store",
            },
        ];
    }
}
