using Belay.Backups;
using Belay.Backups.Catalogue;

namespace Belay.Gate;

/// <summary>Refuses a database whose newest proven backup is too old, or that has none: what a monitor asks every hour.</summary>
internal static class BackupAge
{
    /// <summary>Refuses.</summary>
    /// <param name="maximum">Counted from the end of a backup.</param>
    /// <param name="database">The database's name; null for every one that the store has a backup of.</param>
    /// <exception cref="BackupException">Names every database for which it is so. A store without any backup is refused too, and so is a
    /// backup of the future, whose age nobody knows.</exception>
    public static void Demand(CatalogContents contents, TimeSpan maximum, string? database, DateTimeOffset now)
    {
        IEnumerable<string> names = database is null
            ? contents.Backups.Select(backup => backup.Manifest.Database.Name).Distinct().Order(StringComparer.Ordinal)
            : [database];
        string[] faults = [.. names.Select(name => Fault(contents, name, maximum, now)).OfType<string>()];
        if (faults.Length > 0 || contents.Backups.Count == 0)
        {
            throw new BackupException(
                faults.Length > 0 ? string.Join('\n', faults) : "The store has no backup of any database", "./build.sh Backup takes one");
        }
    }

    private static string? Fault(CatalogContents contents, string name, TimeSpan maximum, DateTimeOffset now)
    {
        var newest = contents.Backups.Where(backup => backup.Manifest.Database.Name == name && backup.Judgement.IsProven)
            .MaxBy(backup => backup.Manifest.EndedUtc);
        if (newest is null)
        {
            return $"{name} has no proven backup";
        }

        var age = now - newest.Manifest.EndedUtc;
        return age < -BackupClock.Tolerance
            ? $"The newest proven backup of {name}, {newest.Manifest.Id}, ended in the future, at {Quantity.Utc(newest.Manifest.EndedUtc)}"
            : age > maximum
                ? $"The newest proven backup of {name}, {newest.Manifest.Id}, is {Quantity.Duration(age)} old; --max-age allows "
                    + Quantity.Duration(maximum)
                : null;
    }
}
