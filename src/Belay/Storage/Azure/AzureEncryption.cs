namespace Belay.Storage.Azure;

/// <summary>The format of the Azure SDK's client-side encryption 2.0 with a local key: AES-256-GCM in regions of 4 MiB under
/// a random key for each blob.</summary>
internal sealed class AzureEncryption(BackupKey key)
{
    public ObjectEncryption Description { get; } = new(
        $"Azure Storage client-side encryption 2.0 (AES-256-GCM, key wrapped by {AzureKeyWrap.Algorithm})", key.Id);

    /// <summary>A key for a new blob.</summary>
    public AzureContentKey MakeKey() => AzureContentKey.Make(key);

    /// <summary>A blob's bytes, decrypted.</summary>
    /// <param name="stored">The encrypted bytes; disposed with what is returned.</param>
    /// <param name="length">How many bytes are stored.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The note is not that of the blob.</exception>
    public AzureDecryptingStream Open(Stream stored, long length, AzureEncryptionData data)
        => new(stored, length, data, key);
}
