using System.Globalization;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>Decides what cleanup deletes. Pure: the same catalogue, time and policy give the same plan.</summary>
internal static class RetentionPlanner
{
    /// <summary>A dump without manifest may be one under way; no dump takes longer.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    /// <summary>Decides on every backup and orphan.</summary>
    /// <exception cref="SettingsException">The policy keeps nothing, or a number in it is negative.</exception>
    public static RetentionPlan Decide(CatalogContents catalog, DateTimeOffset now, RetentionSettings policy)
    {
        Demand(policy);
        var groups = catalog.Backups.GroupBy(Database).ToList();
        var kept = groups.SelectMany(group => KeptBesides(group, now, policy)).ToLookup(pair => pair.Key, pair => pair.Value);
        var survivors = groups.ToDictionary(group => group.Key, group => Survivor(Past(group, now)), StringComparer.Ordinal);
        var decisions = catalog.Backups
            .Select(
                backup => Bound(
                    Decide(backup, kept[backup].FirstOrDefault(), now, policy),
                    survivors[Database(backup)],
                    IsGone(backup),
                    "its database has no backup that could stay instead"))
            .Concat(catalog.Orphans.Select(orphan => DecideOrphan(orphan, survivors.Values, now)));
        return catalog.Unreadable.Count == 0
            ? new RetentionPlan { Decisions = [.. decisions] }
            : new RetentionPlan
            {
                Decisions =
                [
                    .. decisions.Select(
                        decision => decision.Deletes
                            ? decision with { Deletes = false, Reason = "nothing is deleted while a manifest cannot be read" }
                            : decision),
                ],
                Refusal = string.Join('\n', catalog.Unreadable.Select(manifest => manifest.Reason)),
            };
    }

    private static void Demand(RetentionSettings policy)
    {
        List<string> faults = [];
        if (policy.KeepFor <= TimeSpan.Zero)
        {
            faults.Add($"The retention must be longer than 0 days; it is {Quantity.Duration(policy.KeepFor)}.");
        }

        faults.AddRange(new[] { ("keep-last", policy.KeepLast), ("keep-weekly", policy.KeepWeekly), ("keep-monthly", policy.KeepMonthly) }
            .Where(number => number.Item2 < 0)
            .Select(number => $"--{number.Item1} must not be negative; it is {number.Item2}."));
        if (faults.Count > 0)
        {
            throw new SettingsException(faults, "./build.sh CleanupBackups --retention-days 7 --dry-run");
        }
    }

    /// <summary>The database of a backup, as far as it can be told from others: without the cluster's
    /// identifier only together with the server's address.</summary>
    private static string Database(CatalogBackup backup)
    {
        var database = backup.Manifest.Database;
        var server = database.SystemIdentifier == DatabaseReader.UnknownSystem ? backup.Manifest.Origin?.Address ?? backup.Manifest.Id : "";
        return $"{database.SystemIdentifier} {server} {database.Oid} {database.Name}";
    }

    /// <summary>Backups from the future do not count: they would push out the newest true one.</summary>
    private static List<CatalogBackup> Past(IEnumerable<CatalogBackup> ofOneDatabase, DateTimeOffset now)
        => [.. ofOneDatabase.Where(backup => backup.Manifest.EndedUtc <= now).OrderByDescending(backup => backup.Manifest.EndedUtc)];

    /// <summary>The backup that stays whatever its age: the newest proven one, or else the newest whole one.</summary>
    private static CatalogBackup? Survivor(List<CatalogBackup> newestFirst)
        => newestFirst.FirstOrDefault(backup => backup.IsProven) ?? newestFirst.FirstOrDefault(backup => backup.Judgement.IsWhole);

    /// <summary>Whether nothing of its dump is left that anybody could restore.</summary>
    private static bool IsGone(CatalogBackup backup) => !backup.DumpObjects.Any();

    /// <summary>Binds a deletion to the backup that stays; without one it stays itself, unless nothing
    /// of it could be restored anyway.</summary>
    private static RetentionDecision Bound(RetentionDecision decision, CatalogBackup? survivor, bool isGone, string otherwise)
        => !decision.Deletes || isGone ? decision
            : survivor is null ? decision with { Deletes = false, Reason = $"{decision.Reason}; but {otherwise}" }
            : decision with { Survivor = survivor };

    /// <summary>A dump without manifest may be all that is left of a database whose manifests were lost.</summary>
    private static RetentionDecision DecideOrphan(StoredObject orphan, IEnumerable<CatalogBackup?> survivors, DateTimeOffset now)
    {
        var stem = orphan.Name[..(orphan.Name.IndexOf('/', StringComparison.Ordinal) + 1)];
        var survivor = survivors.FirstOrDefault(found => found?.ManifestObject.Name.StartsWith(stem, StringComparison.Ordinal) is true);
        return Bound(Decide(orphan, now), survivor, StoreProbe.IsProbe(orphan.Name), "its database has no backup that could stay instead");
    }

    private static RetentionDecision Decide(StoredObject orphan, DateTimeOffset now)
    {
        var (young, old) = StoreProbe.IsProbe(orphan.Name)
            ? ("it is a probe; its run may be under way", "it is a probe that a killed run left")
            : ("it has no manifest yet; a backup may be under way", "it has no manifest, so it is no backup");
        var keep = now - orphan.LastModified <= OrphanAge ? young : orphan.Protection;
        return new RetentionDecision { Name = orphan.Name, Objects = [orphan], Deletes = keep is null, Reason = keep ?? old };
    }

    private static RetentionDecision Decide(CatalogBackup backup, string? keptBesides, DateTimeOffset now, RetentionSettings policy)
    {
        var manifest = backup.Manifest;
        var age = now - manifest.EndedUtc;
        var keep = manifest.Hold is { } hold ? $"it is on hold: {hold}"
            : age < TimeSpan.Zero ? $"it ended in the future, at {Quantity.Utc(manifest.EndedUtc)}: a clock is wrong"
            : keptBesides is not null ? keptBesides
            : age <= policy.KeepFor ? Aged(backup, age, policy)
            : manifest.KeepUntil > now ? $"it is kept until {Quantity.Utc(manifest.KeepUntil)}"
            : backup.DumpObjects.Select(found => found.Protection).FirstOrDefault(protection => protection is not null);
        return new RetentionDecision
        {
            Name = $"{manifest.Database.Name} {manifest.Id}",
            Objects = [backup.ManifestObject, .. backup.DumpObjects, .. new[] { backup.GlobalsObject }.OfType<StoredObject>()],
            Deletes = keep is null,
            Reason = keep ?? Aged(backup, age, policy),
        };
    }

    private static string Aged(CatalogBackup backup, TimeSpan age, RetentionSettings policy)
        => $"it is {Quantity.Duration(age)} old, kept for {Quantity.Duration(policy.KeepFor)}"
            + (backup.Judgement.Fault is { } fault ? $"; {fault}, so it does not count" : "");

    /// <summary>What stays of one database whatever its age.</summary>
    private static IEnumerable<KeyValuePair<CatalogBackup, string>> KeptBesides(
        IEnumerable<CatalogBackup> ofOneDatabase, DateTimeOffset now, RetentionSettings policy)
    {
        var past = Past(ofOneDatabase, now);
        var proven = past.Where(backup => backup.IsProven).ToList();
        if (Survivor(past) is { } newest)
        {
            yield return KeyValuePair.Create(
                newest,
                newest.IsProven
                    ? "it is the newest proven backup of its database"
                    : "its database has no proven backup, and it is the newest complete one");
        }

        foreach (var backup in proven.Take(policy.KeepLast))
        {
            yield return KeyValuePair.Create(backup, $"it is among the {policy.KeepLast} newest");
        }

        foreach (var backup in NewestOfEach(proven, end => (ISOWeek.GetYear(end), ISOWeek.GetWeekOfYear(end)), policy.KeepWeekly))
        {
            yield return KeyValuePair.Create(backup, "it is the newest of its week");
        }

        foreach (var backup in NewestOfEach(proven, end => (end.Year, end.Month), policy.KeepMonthly))
        {
            yield return KeyValuePair.Create(backup, "it is the newest of its month");
        }
    }

    private static IEnumerable<CatalogBackup> NewestOfEach(
        List<CatalogBackup> newestFirst, Func<DateTime, (int Year, int Part)> period, int count)
        => newestFirst.GroupBy(backup => period(backup.Manifest.EndedUtc.UtcDateTime)).Take(count).Select(group => group.First());
}
