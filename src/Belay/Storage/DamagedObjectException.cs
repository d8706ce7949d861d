namespace Belay.Storage;

/// <summary>An encrypted object's bytes are not those that were written: authenticated decryption refused them.</summary>
/// <param name="message">Which object of which store.</param>
internal sealed class DamagedObjectException(string message, Exception innerException)
    : StoreException(
        message, "The object was damaged or changed after it was written; take a new backup with ./build.sh Backup.", innerException);
