using Belay.Settings;
using Belay.Storage.Azure;

namespace Belay.Storage.Kinds;

/// <summary>Checks that a store can protect backups as a run demands; what only Azure can do is refused
/// elsewhere instead of being left out in silence.</summary>
internal static class StoreProtection
{
    /// <summary>The location with what protects its objects.</summary>
    /// <param name="input">The run's texts, for the keys.</param>
    /// <param name="immutable">Whether the store must refuse to change or delete a dump.</param>
    /// <exception cref="SettingsException">The store cannot do it.</exception>
    public static StoreLocation Apply(StoreLocation location, SettingsInput input, bool immutable)
    {
        var faults = new SettingsFaults();
        if (location is not AzureStoreLocation && immutable)
        {
            faults.Add(
                $"--immutable needs an Azure container; {location.DisplayName} cannot be told to refuse deletions",
                "run without --immutable, or give BACKUP_STORE an Azure container with version-level immutability");
        }

        var key = BackupKeyReader.Read(input, faults, (StoreParameters.BackupKey, StoreParameters.BackupKeyFile));
        var recordKey = BackupKeyReader.Read(input, faults, (StoreParameters.RecordKey, StoreParameters.RecordKeyFile));
        if (location is not AzureStoreLocation && key is not null)
        {
            faults.Add(
                $"BACKUP_KEY encrypts backups in an Azure container only; in {location.DisplayName} they would be stored as plain text",
                "unset BACKUP_KEY and encrypt the disk or the bucket itself, or give BACKUP_STORE an Azure container");
        }

        faults.ThrowIfAny();
        return (location is AzureStoreLocation azure ? azure with { Key = key } : location) with { RecordKey = recordKey };
    }
}
