using System.Globalization;
using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Refuses a backup that would not be the newest of its database: a clock is wrong, and whatever counts ages would take another
/// one for the newest.</summary>
internal static class BackupClock
{
    /// <summary>Clocks of two release machines differ; a backup this far ahead is not from the future.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Looks at the names alone: an id begins with the time at which its backup began.</summary>
    /// <exception cref="BackupException">The store has a backup of this database from the future.</exception>
    public static async Task DemandAsync(IBackupStore store, string database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newest = "";
        await foreach (var found in store.ListAsync(BackupName.Stem(database, ""), cancellationToken))
        {
            if (BackupName.Split(found.Name) is ({ } stem, BackupName.ManifestSuffix) && string.CompareOrdinal(stem, newest) > 0)
            {
                newest = stem;
            }
        }

        if (newest.Length > 0 && BeganAt(newest) is var began && began - now > Tolerance)
        {
            throw new BackupException(
                $"The newest backup of {database} in {store.DisplayName} began at {Quantity.Utc(began)}, and now it is "
                    + $"{Quantity.Utc(now)}: a clock is wrong. Nothing was dumped.",
                $"Set this machine's clock. If it is right, the other was wrong: delete {newest}.* by hand, because cleanup deletes "
                    + "nothing from the future.");
        }
    }

    private static DateTimeOffset BeganAt(string stem)
        => DateTimeOffset.ParseExact(
            stem[(stem.LastIndexOf('/') + 1)..stem.LastIndexOf('-')],
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal);
}
