namespace Belay.Storage;

/// <summary>Where backups are kept.</summary>
public abstract record StoreLocation
{
    /// <summary>The folder-like prefix below which Belay writes, without slashes at its ends; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The key that manifests are sealed with, from <c>RECORD_KEY</c>; null for none.</summary>
    public BackupKey? RecordKey { get; init; }

    /// <summary>The store as people may see it, without keys or signatures.</summary>
    public abstract string DisplayName { get; }
}
