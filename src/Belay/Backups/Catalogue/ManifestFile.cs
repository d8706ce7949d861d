using System.Security.Cryptography;
using System.Text.Json;

namespace Belay.Backups.Catalogue;

/// <summary>A manifest as a file: indented JSON with a SHA-256 over itself.</summary>
internal static class ManifestFile
{
    /// <summary>The file's bytes, with the hash over the manifest renewed and its keyed seal as it is.</summary>
    public static byte[] Serialize(BackupManifest manifest)
        => JsonSerializer.SerializeToUtf8Bytes(Seal(manifest), ManifestJson.Indented);

    /// <summary>The manifest with the hash over its canonical JSON: no white space, names in ordinal order,
    /// without the hash itself.</summary>
    public static BackupManifest Seal(BackupManifest manifest)
    {
        var (canonical, bytes) = Canonical(manifest);
        return canonical with { Seal = manifest.Seal, SelfSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    /// <summary>The manifest as it is hashed and sealed, and the bytes for that.</summary>
    internal static (BackupManifest Manifest, byte[] Bytes) Canonical(BackupManifest manifest)
    {
        var canonical = manifest with
        {
            Seal = null,
            SelfSha256 = null,
            RowCounts = Sorted(manifest.RowCounts),
            Sequences = Sorted(manifest.Sequences) ?? new(),
            WriteCounts = Sorted(manifest.WriteCounts),
        };
        return (canonical, JsonSerializer.SerializeToUtf8Bytes(canonical, ManifestJson.Compact));
    }

    /// <summary>Reads a manifest and checks its hash.</summary>
    /// <param name="name">The object's name, for the message.</param>
    /// <exception cref="BackupException">It is malformed, of a newer format, or was changed by hand.</exception>
    public static BackupManifest Parse(string name, ReadOnlyMemory<byte> content)
    {
        try
        {
            DemandReadable(name, content);
            var manifest = JsonSerializer.Deserialize<BackupManifest>(content.Span, ManifestJson.Read)
                ?? throw new JsonException("the file holds null");
            return Seal(manifest).SelfSha256 == manifest.SelfSha256
                ? manifest
                : throw new BackupException(
                    $"The manifest '{name}' was changed after it was written: its SHA-256 over itself does not match.", Hint);
        }
        catch (JsonException exception)
        {
            throw new BackupException($"The manifest '{name}' cannot be read: {exception.Message}", Hint, exception);
        }
    }

    private const string Hint = "Take a new backup: ./build.sh Backup";

    private static void DemandReadable(string name, ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("format", out var format)
            || !format.TryGetInt32OrNull(out var version)
            || version < 1)
        {
            throw new JsonException("it has no format number");
        }

        if (version > BackupManifest.CurrentFormat)
        {
            throw new BackupException(
                $"The manifest '{name}' has format {version}; this Belay reads formats up to {BackupManifest.CurrentFormat}.",
                "Use the newer Belay that wrote it.");
        }
    }

    private static bool TryGetInt32OrNull(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }

    private static SortedDictionary<string, long>? Sorted(IReadOnlyDictionary<string, long>? values)
    {
        if (values is null)
        {
            return null;
        }

        var sorted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            sorted.Add(key, value);
        }

        return sorted;
    }
}
