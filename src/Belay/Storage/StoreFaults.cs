namespace Belay.Storage;

/// <summary>The messages that all stores share.</summary>
internal static class StoreFaults
{
    /// <summary>What <see cref="StoredObject.Protection"/> says of an object with a mark.</summary>
    public const string InUse = "it is in use by a proof, a restore or a migration";

    public static StoreException Missing(string store, string name)
        => new($"There is no object '{name}' in {store}.", "./build.sh Status lists the backups that are there.");

    public static StoreException Taken(string store, string name)
        => new($"An object '{name}' already exists in {store}; it was left as it is.", "Run the command again: every backup gets a new name.");

    public static StoreException Differs(string store, string name)
        => new($"An object '{name}' with other bytes already exists in {store}; it was left as it is.", "Run the command again: every backup gets a new name.");

    public static ProtectedObjectException Protected(string store, string name, string reason)
        => new($"'{name}' of {store} cannot be deleted: {reason}.", reason);

    public static StoreException Short(string store, string name, long expected, long actual)
        => new($"'{name}' of {store} ended after {actual} of {expected} bytes.", "Run the command again; if it stays so, the object is damaged: take a new backup with ./build.sh Backup.");
}
