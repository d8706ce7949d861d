using System.Security.Cryptography;
using Azure.Core.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Belay.Storage;

namespace Belay.IntegrationTests.Support;

/// <summary>A backup key as the Azure SDK's own client-side encryption takes it.</summary>
internal sealed class SdkKey(BackupKey key) : IKeyEncryptionKey
{
    private const string Algorithm = "A256KWP";

    public string KeyId => key.Id;

    /// <summary>A view of a blob that the SDK encrypts and decrypts.</summary>
    public static BlobClient Encrypting(BlobClient blob, BackupKey key)
        => blob.WithClientSideEncryptionOptions(new ClientSideEncryptionOptions(ClientSideEncryptionVersion.V2_0)
        {
            KeyEncryptionKey = new SdkKey(key),
            KeyWrapAlgorithm = Algorithm,
        });

    public byte[] WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        using var aes = CreateAes();
        return aes.EncryptKeyWrapPadded(key.Span);
    }

    public byte[] UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
    {
        using var aes = CreateAes();
        return aes.DecryptKeyWrapPadded(encryptedKey.Span);
    }

    public Task<byte[]> WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
        => Task.FromResult(WrapKey(algorithm, key, cancellationToken));

    public Task<byte[]> UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
        => Task.FromResult(UnwrapKey(algorithm, encryptedKey, cancellationToken));

    private Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.SetKey(key.Bytes);
        return aes;
    }
}
