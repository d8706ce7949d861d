using System.Security.Cryptography;
using Azure.Core.Cryptography;

namespace Belay.Storage.Azure;

/// <summary>Wraps the key of each blob, which the SDK makes at random, with the backup key: AES key wrap with padding (RFC 5649).</summary>
internal sealed class AzureKeyWrap(BackupKey key) : IKeyEncryptionKey
{
    public const string Algorithm = "A256KWP";

    public string KeyId => key.Id;

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
