using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Changes a manifest in the store, whoever else changes it at the same time.</summary>
internal static class StoredManifest
{
    private const int Attempts = 5;

    /// <summary>Reads the manifest, changes it and writes it back if it is still the version that was read.</summary>
    /// <exception cref="BackupException">It vanished, is not readable, or changes too often.</exception>
    public static async Task<BackupManifest> UpdateAsync(IBackupStore store, string name, Func<BackupManifest, BackupManifest> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var current = await store.FindAsync(name, cancellationToken)
                ?? throw new BackupException($"The manifest '{name}' is no longer in {store.DisplayName}.", "./build.sh Status lists the backups that are there.");
            var changed = ManifestFile.Seal(change(Parse(name, await SmallObject.ReadAsync(store, name, cancellationToken))));
            if (await store.ReplaceAsync(current, ManifestFile.Serialize(changed), cancellationToken))
            {
                return changed;
            }
        }

        throw new BackupException($"The manifest '{name}' in {store.DisplayName} was changed by somebody else {Attempts} times while it was to be changed.", "Run the command again.");
    }

    /// <summary>Reads a manifest and checks that it is the one of its name.</summary>
    /// <exception cref="BackupException">It is not readable, was edited, or is of another backup.</exception>
    public static BackupManifest Parse(string name, ReadOnlyMemory<byte> content)
    {
        var manifest = ManifestFile.Parse(name, content);
        var stem = BackupName.Stem(manifest.Database.Name, manifest.Id);
        return stem + BackupName.ManifestSuffix == name && manifest.DumpParts.Select(part => part.ObjectName).Append(manifest.ObjectName).All(dump => BackupName.Split(dump)?.Stem == stem)
            ? manifest
            : throw new BackupException($"The manifest '{name}' is of another backup: it says '{stem}' and names the dump '{manifest.ObjectName}'.");
    }

    /// <summary>The object name of a backup's manifest.</summary>
    public static string NameOf(BackupManifest manifest) => BackupName.Stem(manifest.Database.Name, manifest.Id) + BackupName.ManifestSuffix;
}
