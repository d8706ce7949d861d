using System.Collections.Concurrent;
using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Lists what a store holds. Nothing is remembered: every call reads the store again.</summary>
internal sealed class BackupCatalog(IBackupStore store)
{
    /// <summary>Reads the names and every manifest, of all databases.</summary>
    /// <exception cref="StoreException">The store cannot be listed or read.</exception>
    public async Task<CatalogContents> ReadAsync(CancellationToken cancellationToken)
    {
        var objects = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        await foreach (var found in store.ListAsync("", cancellationToken))
        {
            objects[found.Name] = found;
        }

        var (backups, unreadable) = (new ConcurrentBag<CatalogBackup>(), new ConcurrentBag<UnreadableManifest>());
        await Parallel.ForEachAsync(
            objects.Values.Where(IsManifest),
            new ParallelOptions { MaxDegreeOfParallelism = store.Concurrency, CancellationToken = cancellationToken },
            async (found, token) =>
            {
                try
                {
                    if (await ReadManifestAsync(found, token) is { } manifest)
                    {
                        backups.Add(Compose(manifest, found, objects));
                    }
                }
                catch (BackupException exception)
                {
                    unreadable.Add(new UnreadableManifest(found, exception.Message));
                }
            });
        return new CatalogContents
        {
            Backups =
            [
                .. backups.OrderByDescending(backup => backup.Manifest.EndedUtc)
                    .ThenByDescending(backup => backup.Manifest.Id, StringComparer.Ordinal)
                    .ThenBy(backup => backup.ManifestObject.Name, StringComparer.Ordinal),
            ],
            Unreadable = [.. unreadable.OrderBy(manifest => manifest.Found.Name, StringComparer.Ordinal)],
            Orphans = Orphans(objects),
        };
    }

    /// <summary>One backup.</summary>
    /// <exception cref="BackupException">There is none, or more than one database could be meant.</exception>
    public async Task<CatalogBackup> FindAsync(BackupChoice choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.From(await ReadAsync(cancellationToken), store.DisplayName);
    }

    private static bool IsManifest(StoredObject found) => BackupName.Split(found.Name)?.Suffix == BackupName.ManifestSuffix;

    private async Task<BackupManifest?> ReadManifestAsync(StoredObject found, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = await SmallObject.ReadAsync(store, found.Name, cancellationToken);
        }
        catch (StoreException)
        {
            if (await store.FindAsync(found.Name, cancellationToken) is null)
            {
                return null;
            }

            throw;
        }

        return StoredManifest.Parse(found.Name, content);
    }

    private CatalogBackup Compose(BackupManifest manifest, StoredObject found, Dictionary<string, StoredObject> objects) => new()
    {
        Manifest = manifest,
        ManifestObject = found,
        SealFault = ManifestSeals.Fault(manifest, store.RecordKey),
        DumpObject = objects.GetValueOrDefault(manifest.ObjectName),
        PartObjects = (manifest.Parts ?? [])
            .Select(part => objects.GetValueOrDefault(part.ObjectName))
            .OfType<StoredObject>()
            .ToDictionary(part => part.Name, StringComparer.Ordinal),
        GlobalsObject = manifest.GlobalsName is null ? null : objects.GetValueOrDefault(manifest.GlobalsName),
    };

    private static List<StoredObject> Orphans(Dictionary<string, StoredObject> objects)
        => objects.Values
            .Where(found => StoreProbe.IsProbe(found.Name)
                || (BackupName.Split(found.Name) is { } parts
                    && parts.Suffix != BackupName.ManifestSuffix
                    && !objects.ContainsKey(parts.Stem + BackupName.ManifestSuffix)))
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .ToList();
}
