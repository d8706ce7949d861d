using Belay.Settings;

namespace Belay.Storage;

/// <summary>A kind of store as one value: which addresses are its own, how they are read, and how the store is opened.</summary>
internal interface IStoreKind
{
    /// <summary>The scheme that its addresses begin with, as messages name it.</summary>
    string Scheme { get; }

    /// <summary>Whether a text is meant as an address of this kind.</summary>
    bool Looks(string text);

    /// <summary>Reads an address of this kind.</summary>
    /// <exception cref="SettingsException">It cannot be read; the message never repeats a key or signature.</exception>
    StoreLocation Read(string text, StoreOptions options);

    /// <summary>Opens the store, of which nothing is read or written yet; null if the location is of another kind.</summary>
    /// <exception cref="StoreException">The location's address or key cannot be understood.</exception>
    IBackupStore? Open(StoreLocation location, TimeProvider timeProvider);
}
