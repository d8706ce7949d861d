using Azure;
using Azure.Storage.Blobs.Models;

namespace Belay.Storage;

/// <summary>Reads from Azure's answers why a blob cannot be deleted now.</summary>
internal static class AzureProtection
{
    public static string? Of(BlobItemProperties properties) => OfLease(properties.LeaseState);

    public static string? Of(BlobProperties properties) => OfLease(properties.LeaseState);

    /// <summary>Null when the refusal has another reason.</summary>
    public static string? Of(RequestFailedException refusal) => (refusal.Status, refusal.ErrorCode) switch
    {
        (412, "LeaseIdMissing") => StoreFaults.InUse,
        _ => null,
    };

    /// <summary>A lease that is being broken still protects.</summary>
    private static string? OfLease(LeaseState? state) => state is LeaseState.Leased or LeaseState.Breaking ? StoreFaults.InUse : null;
}
