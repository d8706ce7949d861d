using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Lists what a store holds. Nothing is remembered: every call reads the store again.</summary>
/// <param name="store">The store.</param>
public sealed class BackupCatalog(IBackupStore store)
{
    /// <summary>Reads the names and every manifest, of all databases.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="StoreException">The store cannot be listed or read.</exception>
    public async Task<CatalogContents> ReadAsync(CancellationToken cancellationToken)
    {
        var objects = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        await foreach (var found in store.ListAsync("", cancellationToken))
        {
            objects[found.Name] = found;
        }

        var backups = new List<CatalogBackup>();
        var unreadable = new List<UnreadableManifest>();
        foreach (var found in objects.Values.Where(IsManifest))
        {
            try
            {
                if (await ReadManifestAsync(found, cancellationToken) is { } manifest)
                {
                    backups.Add(Compose(manifest, found, objects));
                }
            }
            catch (BackupException exception)
            {
                unreadable.Add(new UnreadableManifest(found, exception.Message));
            }
        }

        return new CatalogContents
        {
            Backups = [.. backups.OrderByDescending(backup => backup.Manifest.EndedUtc).ThenByDescending(backup => backup.Manifest.Id, StringComparer.Ordinal)],
            Unreadable = [.. unreadable.OrderBy(manifest => manifest.Found.Name, StringComparer.Ordinal)],
            Orphans = Orphans(objects),
        };
    }

    /// <summary>One backup by its id.</summary>
    /// <param name="id">The id, or <c>latest</c> for the newest of the store.</param>
    /// <param name="database">Only of the database of this name; null for any.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="BackupException">There is none.</exception>
    public async Task<CatalogBackup> FindAsync(string id, string? database, CancellationToken cancellationToken)
    {
        var contents = await ReadAsync(cancellationToken);
        var candidates = contents.Backups.Where(backup => database is null || backup.Manifest.Database.Name == database);
        return candidates.FirstOrDefault(backup => id == "latest" || backup.Manifest.Id == id)
            ?? throw new BackupException(
                $"There is no backup '{id}'{(database is null ? "" : $" of database {database}")} in {store.DisplayName}.{Doubtful(contents, id)}",
                "./build.sh Status lists the backups that are there.");
    }

    private static string Doubtful(CatalogContents contents, string id)
        => string.Concat([
            .. contents.Unreadable.Where(manifest => id == "latest" || manifest.Found.Name.Contains(id, StringComparison.Ordinal)).Select(manifest => " " + manifest.Reason),
            .. contents.Orphans.Where(orphan => orphan.Name.Contains(id, StringComparison.Ordinal)).Select(orphan => $" '{orphan.Name}' has no manifest, so it is no backup."),
        ]);

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

    private static CatalogBackup Compose(BackupManifest manifest, StoredObject found, Dictionary<string, StoredObject> objects) => new()
    {
        Manifest = manifest,
        ManifestObject = found,
        DumpObject = objects.GetValueOrDefault(manifest.ObjectName),
        PartObjects = (manifest.Parts ?? []).Select(part => objects.GetValueOrDefault(part.ObjectName)).OfType<StoredObject>().ToDictionary(part => part.Name, StringComparer.Ordinal),
        GlobalsObject = manifest.GlobalsName is null ? null : objects.GetValueOrDefault(manifest.GlobalsName),
    };

    private static List<StoredObject> Orphans(Dictionary<string, StoredObject> objects)
        => objects.Values
            .Where(found => StoreProbe.IsProbe(found.Name)
                || (BackupName.Split(found.Name) is { } parts && parts.Suffix != BackupName.ManifestSuffix && !objects.ContainsKey(parts.Stem + BackupName.ManifestSuffix)))
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .ToList();
}
