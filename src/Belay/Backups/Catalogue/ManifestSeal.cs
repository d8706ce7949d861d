namespace Belay.Backups.Catalogue;

/// <summary>A seal over a manifest that only a holder of the key can make.</summary>
/// <param name="KeyId">What tells the key from others: the first 16 digits of its SHA-256 after <c>sha256:</c>.</param>
/// <param name="HmacSha256">HMAC-SHA256 over the bytes that <see cref="BackupManifest.SelfSha256"/> hashes, lower-case hexadecimal.</param>
public sealed record ManifestSeal(string KeyId, string HmacSha256);
