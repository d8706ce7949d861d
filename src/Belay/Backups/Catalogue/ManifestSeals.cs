using System.Security.Cryptography;
using System.Text;
using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Makes and checks the seals of manifests: whoever can write to the store can renew a manifest's own hash,
/// but not this.</summary>
internal static class ManifestSeals
{
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("belay manifest seal");

    /// <summary>The manifest with its hash and a seal of the key; without a key as <see cref="ManifestFile.Seal"/> makes it.</summary>
    public static BackupManifest Apply(BackupManifest manifest, BackupKey? key)
    {
        var hashed = ManifestFile.Seal(manifest with { Seal = null });
        return key is null ? hashed : hashed with { Seal = new ManifestSeal(key.Id, Of(hashed, key)) };
    }

    /// <summary>Why the seal is not one of the key, as a clause; null when it is, and when there is no key to check it with.</summary>
    public static string? Fault(BackupManifest manifest, BackupKey? key) => (manifest.Seal, key) switch
    {
        (_, null) => null,
        (null, _) => "its manifest is not sealed with RECORD_KEY",
        ({ KeyId: var used }, _) when used != key.Id => $"its manifest is sealed with the key {used}, and RECORD_KEY is {key.Id}",
        ({ HmacSha256: var seal }, _) => CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(Of(manifest, key)))
            ? null
            : "the seal of its manifest is not that of RECORD_KEY: somebody changed it without the key",
    };

    /// <summary>A changed manifest as it may be written: sealed anew only if it was sealed before,
    /// because a seal says who wrote it first.</summary>
    /// <exception cref="StoreException">It was sealed, and the key that could seal it again is not there;
    /// as in a store that may only be read.</exception>
    public static BackupManifest Renew(string name, (BackupManifest Read, BackupManifest Changed) manifest, BackupKey? key)
    {
        if (manifest.Read.Seal is not { KeyId: var used })
        {
            return ManifestFile.Seal(manifest.Changed);
        }

        var fault = key is null ? $"its manifest is sealed with the key {used}, and there is no RECORD_KEY" : Fault(manifest.Read, key);
        return fault is null
            ? Apply(manifest.Changed, key)
            : throw new StoreException(
                $"The manifest '{name}' was not changed: {fault}.",
                $"export RECORD_KEY=… or RECORD_KEY_FILE=… with the key {used}, then run the command again.");
    }

    /// <summary>The key for this purpose alone, so that a key that is used for something else too gives nothing away.</summary>
    private static string Of(BackupManifest manifest, BackupKey key)
    {
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, [], Purpose);
        return Convert.ToHexStringLower(HMACSHA256.HashData(derived, ManifestFile.Canonical(manifest).Bytes));
    }
}
