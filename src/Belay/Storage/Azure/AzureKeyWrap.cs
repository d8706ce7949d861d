using System.Security.Cryptography;

namespace Belay.Storage.Azure;

/// <summary>Wraps the random key of each blob with the backup key: AES key wrap with padding (RFC 5649).</summary>
internal static class AzureKeyWrap
{
    public const string Algorithm = "A256KWP";

    /// <summary>What wraps are made of, in bytes: two of them at least.</summary>
    private const int Unit = 8;

    public static byte[] Wrap(BackupKey backupKey, ReadOnlySpan<byte> key)
    {
        using var aes = CreateAes(backupKey);
        return aes.EncryptKeyWrapPadded(key);
    }

    /// <exception cref="CryptographicException">It was not wrapped with this key.</exception>
    public static byte[] Unwrap(BackupKey backupKey, ReadOnlySpan<byte> wrapped)
    {
        // What was read is at fault, not the caller, whom .NET would blame.
        if (wrapped.Length < 2 * Unit || wrapped.Length % Unit != 0)
        {
            throw new CryptographicException($"A wrapped key has not {wrapped.Length} bytes.");
        }

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
