using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Changes a manifest in the store, whoever else changes it at the same time.</summary>
internal static class StoredManifest
{
    private const int Attempts = 5;

    /// <summary>Reads the manifest, changes it and writes it back if it is still the version that was read.</summary>
    /// <exception cref="BackupException">It vanished, is not readable, or changes too often.</exception>
    public static async Task<BackupManifest> UpdateAsync(
        IBackupStore store, string name, Func<BackupManifest, BackupManifest> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var current = await store.FindAsync(name, cancellationToken)
                ?? throw new BackupException(
                    $"The manifest '{name}' is no longer in {store.DisplayName}.", "./build.sh Status lists the backups that are there.");
            var read = Parse(name, await SmallObject.ReadAsync(store, name, cancellationToken));
            var changed = ManifestSeals.Renew(name, (read, change(read)), store.RecordKey);
            if (await store.ReplaceAsync(current, ManifestFile.Serialize(changed), cancellationToken))
            {
                return changed;
            }
        }

        throw new BackupException(
            $"The manifest '{name}' in {store.DisplayName} was changed by somebody else {Attempts} times while it was to be changed.",
            "Run the command again.");
    }

    /// <summary>Reads a manifest and checks that it is the one of its name.</summary>
    /// <exception cref="BackupException">It is not readable, was edited, or is of another backup.</exception>
    public static BackupManifest Parse(string name, ReadOnlyMemory<byte> content)
    {
        var manifest = ManifestFile.Parse(name, content);
        var stem = BackupName.Stem(manifest.Database.Name, manifest.Id);
        if (stem + BackupName.ManifestSuffix != name || BackupName.Split(manifest.ObjectName)?.Stem != stem)
        {
            throw new BackupException(
                $"The manifest '{name}' is of another backup: it says '{stem}' and names the dump '{manifest.ObjectName}'.");
        }

        return StrangeName(manifest, stem) is { } strange
            ? throw new BackupException($"The manifest '{name}' names '{strange}', which is no object of its backup.")
            : manifest;
    }

    /// <summary>A name that is not the backup's own, or not of the kind that it stands for. What a
    /// manifest names is read and deleted.</summary>
    private static string? StrangeName(BackupManifest manifest, string stem)
    {
        var dump = manifest.Parts is null ? $"{stem}.dump" : BackupName.Part(stem, "");
        var parts = manifest.DumpParts.Select(part => part.ObjectName).Append(manifest.ObjectName).ToList();
        var roles = new[] { manifest.Globals?.ObjectName, manifest.GlobalsObjectName }.OfType<string>();
        return parts.FirstOrDefault(part => !IsDump(part, dump, stem))
            ?? parts.SkipLast(1).GroupBy(part => part, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key
            ?? roles.FirstOrDefault(found => found != stem + BackupName.GlobalsSuffix)
            ?? (manifest.Parts is { } listed && listed.All(part => part.ObjectName != manifest.ObjectName) ? manifest.ObjectName : null);
    }

    private static bool IsDump(string name, string begin, string stem)
        => name.StartsWith(begin, StringComparison.Ordinal)
            && BackupName.Split(name)?.Stem == stem
            && name.Contains(".dump.d/", StringComparison.Ordinal) == begin.EndsWith('/');

    /// <summary>The object name of a backup's manifest.</summary>
    public static string NameOf(BackupManifest manifest)
        => BackupName.Stem(manifest.Database.Name, manifest.Id) + BackupName.ManifestSuffix;
}
