using System.Text.Json;

namespace Belay.Storage.Azure;

/// <summary>What the SDK's client-side encryption notes beside a blob.</summary>
/// <param name="KeyId">The key that the blob's own key is wrapped with.</param>
/// <param name="RegionLength">How many bytes are encrypted together.</param>
internal sealed record AzureEncryptionData(string KeyId, long RegionLength)
{
    private const string MetadataName = "encryptiondata";

    /// <summary>The nonce before and the tag behind each region, in bytes.</summary>
    private const int Overhead = 12 + 16;

    /// <summary>Null for a blob that is not encrypted.</summary>
    /// <exception cref="FormatException">The note cannot be read.</exception>
    public static AzureEncryptionData? Read(IDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(MetadataName, out var text))
        {
            return null;
        }

        try
        {
            using var note = JsonDocument.Parse(text);
            return new AzureEncryptionData(
                note.RootElement.GetProperty("WrappedContentKey").GetProperty(nameof(KeyId)).GetString() ?? "",
                note.RootElement.GetProperty("EncryptedRegionInfo").GetProperty("DataLength").GetInt64());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"the blob's metadata '{MetadataName}' is not that of client-side encryption 2.0", fault);
        }
    }

    /// <summary>How many bytes a blob has when it is decrypted.</summary>
    /// <param name="stored">How many bytes it has in the store.</param>
    public long PlainLength(long stored)
    {
        var regions = (stored + RegionLength + Overhead - 1) / (RegionLength + Overhead);
        return stored - (regions * Overhead);
    }
}
