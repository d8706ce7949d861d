using System.Security.Cryptography;

namespace Belay.Storage;

/// <summary>A key of 32 random bytes: the one that backups are encrypted with, or the one that their manifests are sealed with.</summary>
public sealed class BackupKey
{
    /// <summary>The size of AES-256's keys, in bytes.</summary>
    private const int Size = 32;

    private readonly byte[] bytes;

    private BackupKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>What tells this key from others without giving it away: the first 16 digits of its SHA-256.</summary>
    public string Id => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}";

    /// <summary>The key itself.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads a key; null when the text is not 32 bytes in Base64. The text is masked in every output from now on.</summary>
    /// <param name="text">The key in Base64.</param>
    public static BackupKey? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = new Secret(text.Trim()).Reveal();
        var bytes = new byte[Size];
        return trimmed.Length < 2 * Size && Convert.TryFromBase64String(trimmed, bytes, out var count) && count == Size
            ? new BackupKey(bytes)
            : null;
    }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
