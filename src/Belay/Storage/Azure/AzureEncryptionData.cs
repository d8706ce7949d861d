using System.Text.Json;
using System.Text.Json.Nodes;

namespace Belay.Storage.Azure;

/// <summary>What the SDK's client-side encryption notes beside a blob.</summary>
/// <param name="KeyId">The key that the blob's own key is wrapped with.</param>
/// <param name="WrappedKey">The blob's own key as <see cref="AzureKeyWrap"/> leaves it.</param>
/// <param name="RegionLength">How many bytes are encrypted together.</param>
internal sealed record AzureEncryptionData(string KeyId, byte[] WrappedKey, int RegionLength)
{
    public const string MetadataName = "encryptiondata";

    public const string Protocol = "2.0";

    /// <summary>How many bytes are encrypted together in what is written here.</summary>
    public const int RegionSize = 4 << 20;

    /// <summary>What stands before each region, in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>What stands behind each region, in bytes.</summary>
    public const int TagSize = 16;

    private const int Overhead = NonceSize + TagSize;

    /// <summary>The note of a blob in regions of <see cref="RegionSize"/>.</summary>
    /// <param name="wrappedKey">The blob's own key, wrapped by <see cref="AzureKeyWrap"/>.</param>
    public static string Write(string keyId, byte[] wrappedKey) => new JsonObject
    {
        ["EncryptionMode"] = "FullBlob",
        ["WrappedContentKey"] = new JsonObject
        {
            [nameof(KeyId)] = keyId,
            ["EncryptedKey"] = Convert.ToBase64String(wrappedKey),
            ["Algorithm"] = AzureKeyWrap.Algorithm,
        },
        ["EncryptionAgent"] = new JsonObject { ["Protocol"] = Protocol, ["EncryptionAlgorithm"] = "AES_GCM_256" },
        ["EncryptedRegionInfo"] = new JsonObject { ["DataLength"] = RegionSize, ["NonceLength"] = NonceSize },
        ["KeyWrappingMetadata"] = new JsonObject { ["EncryptionLibrary"] = "Belay" },
    }.ToJsonString();

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
            var wrapped = note.RootElement.GetProperty("WrappedContentKey");
            var region = note.RootElement.GetProperty("EncryptedRegionInfo");
            var length = region.GetProperty("DataLength").GetInt32();
            return length is > 0 and <= RegionSize && region.GetProperty("NonceLength").GetInt32() == NonceSize
                ? new AzureEncryptionData(
                    wrapped.GetProperty(nameof(KeyId)).GetString() ?? "", wrapped.GetProperty("EncryptedKey").GetBytesFromBase64(), length)
                : throw new FormatException($"regions of {length} bytes");
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
        var whole = (long)RegionLength + Overhead;
        var regions = (stored + whole - 1) / whole;
        return stored - (regions * Overhead);
    }
}
