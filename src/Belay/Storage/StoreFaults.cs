namespace Belay.Storage;

/// <summary>The messages that all stores share.</summary>
internal static class StoreFaults
{
    /// <summary>What <see cref="StoredObject.Protection"/> says of an object with a mark.</summary>
    public const string InUse = "it is in use by a proof, a restore or a migration";

    public static StoreException Missing(string store, string name)
        => new($"There is no object '{name}' in {store}.", "./build.sh Status lists the backups that are there.");

    public static StoreException Taken(string store, string name)
        => new(
            $"An object '{name}' already exists in {store}; it was left as it is.", "Run the command again: every backup gets a new name.");

    public static StoreException Differs(string store, string name)
        => new(
            $"An object '{name}' with other bytes already exists in {store}; it was left as it is.",
            "Run the command again: every backup gets a new name.");

    public static ProtectedObjectException Protected(string store, string name, string reason)
        => new($"'{name}' of {store} cannot be deleted: {reason}.", reason);

    public static StoreException OtherKey(string store, string name, (string Needed, string? Given) key)
        => new(
            $"'{name}' of {store} is encrypted with the key {key.Needed}; {KeyText(key.Given)}.",
            $"export BACKUP_KEY=… or BACKUP_KEY_FILE=… with the key {key.Needed}; without it this object cannot be read by anybody.");

    /// <summary>What a run has instead of the key that it needs.</summary>
    public static string KeyText(string? given) => given is null ? "this run has none" : $"this run has {given}";

    public static StoreException Short(string store, string name, long expected, long actual)
        => new(
            $"'{name}' of {store} ended after {actual} of {expected} bytes.",
            "Run the command again; if it stays so, the object is damaged: take a new backup with ./build.sh Backup.");
}
