namespace Belay.Storage.Kinds;

/// <summary>Opens the store that a location names.</summary>
public static class StoreFactory
{
    /// <summary>Opens a store. Nothing is read or written yet.</summary>
    /// <param name="location">Where backups are kept.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <exception cref="StoreException">The location's address or key cannot be understood.</exception>
    public static IBackupStore Open(StoreLocation location, TimeProvider? timeProvider = null)
        => StoreKinds.All.Select(kind => kind.Open(location, timeProvider ?? TimeProvider.System))
            .FirstOrDefault(store => store is not null)
            ?? throw new StoreException($"{location.DisplayName} is not a kind of store that Belay knows.");
}
