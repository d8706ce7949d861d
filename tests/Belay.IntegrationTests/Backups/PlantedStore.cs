using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.IntegrationTests.Backups;

/// <summary>Backups that were taken once, put into a store of their own for each round, with what is known of them.</summary>
/// <param name="Backups">The backups, oldest first.</param>
internal sealed record PlantedStore(StoredBytes Stored, IReadOnlyList<PlantedBackup> Backups)
{
    /// <summary>The newest backup that is whole, byte for byte; null when none is.</summary>
    public async Task<PlantedBackup?> NewestGoodAsync()
    {
        PlantedBackup? newest = null;
        foreach (var backup in Backups)
        {
            newest = await IsGoodAsync(backup) ? backup : newest;
        }

        return newest;
    }

    /// <summary>Whether its manifest can be read and says of each object what is there.</summary>
    public async Task<bool> IsGoodAsync(PlantedBackup backup)
    {
        foreach (var (name, bytes) in backup.Objects)
        {
            if (await Stored.Store.FindAsync(name, Token) is null || !(await Stored.ReadAsync(name)).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }
        }

        return (await new BackupCatalog(Stored.Store).ReadAsync(Token)).Backups.Any(found => found.Manifest.Id == backup.Manifest.Id);
    }

    /// <summary>Uploads backups into an empty store.</summary>
    public static async Task<PlantedStore> PlantAsync(StoredBytes stored, IReadOnlyList<PlantedBackup> taken)
    {
        var planted = new List<PlantedBackup>();
        foreach (var backup in taken)
        {
            var versions = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
            foreach (var (name, bytes) in backup.Objects)
            {
                await using var upload = await stored.Store.BeginUploadAsync(name, Token);
                await upload.WriteAsync(bytes, Token);
                versions[name] = await upload.CommitAsync(Token);
            }

            BackupPart Versioned(BackupPart part) => part with { ObjectVersion = versions[part.ObjectName].Version };
            var manifest = backup.Manifest with
            {
                ObjectVersion = backup.Manifest.Parts is null ? versions[backup.Manifest.ObjectName].Version : null,
                Parts = backup.Manifest.Parts?.Select(Versioned).ToList(),
                Globals = Versioned(backup.Manifest.Globals!),
            };
            await stored.Store.CreateAsync(StoredManifest.NameOf(manifest), ManifestFile.Serialize(manifest), Token);
            planted.Add(backup with { Manifest = manifest });
        }

        return new PlantedStore(stored, planted);
    }
}
