using System.Globalization;
using Belay.Backups.Catalogue;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>Decides what cleanup deletes. Pure: the same catalogue, time and policy give the same plan.</summary>
public static class RetentionPlanner
{
    /// <summary>A dump without manifest may be one under way; no dump takes longer.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    /// <summary>Decides on every backup and orphan.</summary>
    /// <param name="catalog">What the store holds.</param>
    /// <param name="now">The time.</param>
    /// <param name="policy">What is kept.</param>
    /// <exception cref="SettingsException">The policy keeps nothing, or a number in it is negative.</exception>
    public static RetentionPlan Decide(CatalogContents catalog, DateTimeOffset now, RetentionSettings policy)
    {
        Demand(policy);
        var kept = catalog.Backups.GroupBy(backup => backup.Manifest.Database).SelectMany(group => KeptBesides(group, now, policy))
            .ToLookup(pair => pair.Key, pair => pair.Value);
        var decisions = catalog.Backups.Select(backup => Decide(backup, kept[backup].FirstOrDefault(), now, policy))
            .Concat(catalog.Orphans.Select(orphan => Decide(orphan, now)));
        return catalog.Unreadable.Count == 0
            ? new RetentionPlan { Decisions = [.. decisions] }
            : new RetentionPlan
            {
                Decisions = [.. decisions.Select(decision => decision.Deletes ? decision with { Deletes = false, Reason = "nothing is deleted while a manifest cannot be read" } : decision)],
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
            + (backup.IsComplete ? "" : backup.LacksGlobals ? "; its roles are missing, so it does not count" : "; its dump is missing or has another size, so it does not count");

    /// <summary>What stays of one database whatever its age. Backups from the future do not count: they would push out the newest true one.</summary>
    private static IEnumerable<KeyValuePair<CatalogBackup, string>> KeptBesides(IEnumerable<CatalogBackup> ofOneDatabase, DateTimeOffset now, RetentionSettings policy)
    {
        var past = ofOneDatabase.Where(backup => backup.Manifest.EndedUtc <= now).OrderByDescending(backup => backup.Manifest.EndedUtc).ToList();
        var proven = past.Where(backup => backup.IsProven).ToList();
        if ((proven.FirstOrDefault() ?? past.FirstOrDefault(backup => backup.IsComplete)) is { } newest)
        {
            yield return KeyValuePair.Create(newest, newest.IsProven ? "it is the newest proven backup of its database" : "its database has no proven backup, and it is the newest complete one");
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

    private static IEnumerable<CatalogBackup> NewestOfEach(List<CatalogBackup> newestFirst, Func<DateTime, (int Year, int Part)> period, int count)
        => newestFirst.GroupBy(backup => period(backup.Manifest.EndedUtc.UtcDateTime)).Take(count).Select(group => group.First());
}
