using System.Security.Cryptography;

namespace Belay.Storage.Azure;

/// <summary>Wraps the random key of each blob with the backup key: AES key wrap with padding (RFC 5649).</summary>
internal static class AzureKeyWrap
{
    public const string Algorithm = "A256KWP";

    public static byte[] Wrap(BackupKey backupKey, ReadOnlySpan<byte> key)
    {
        using var aes = CreateAes(backupKey);
        return aes.EncryptKeyWrapPadded(key);
    }

    /// <exception cref="CryptographicException">It was not wrapped with this key.</exception>
    public static byte[] Unwrap(BackupKey backupKey, ReadOnlySpan<byte> wrapped)
    {
        using var aes = CreateAes(backupKey);
        return aes.DecryptKeyWrapPadded(wrapped);
    }

    private static Aes CreateAes(BackupKey backupKey)
    {
        var aes = Aes.Create();
        aes.SetKey(backupKey.Bytes);
        return aes;
    }
}
