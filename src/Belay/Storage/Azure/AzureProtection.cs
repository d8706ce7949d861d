using Azure;
using Azure.Storage.Blobs.Models;

namespace Belay.Storage.Azure;

/// <summary>Reads from Azure's answers why a blob cannot be deleted now.</summary>
internal sealed record AzureProtection(TimeProvider TimeProvider)
{
    private const string LegalHold = "the store has a legal hold on it";

    public string? Of(BlobItemProperties properties)
        => Of(properties.LeaseState) ?? (properties.HasLegalHold ? LegalHold : Of(properties.ImmutabilityPolicy));

    public string? Of(BlobProperties properties)
        => Of(properties.LeaseState) ?? (properties.HasLegalHold ? LegalHold : Of(properties.ImmutabilityPolicy));

    /// <summary>Null when the refusal has another reason.</summary>
    public static string? Of(RequestFailedException refusal) => (refusal.Status, refusal.ErrorCode) switch
    {
        (412, "LeaseIdMissing") => StoreFaults.InUse,
        (409, "BlobImmutableDueToPolicy") => "the store keeps it immutable",
        (409, "BlobImmutableDueToLegalHold") => LegalHold,
        _ => null,
    };

    /// <summary>A lease that is being broken still protects.</summary>
    private static string? Of(LeaseState? state) => state is LeaseState.Leased or LeaseState.Breaking ? StoreFaults.InUse : null;

    private string? Of(BlobImmutabilityPolicy? policy)
        => policy?.ExpiresOn is { } until && until > TimeProvider.GetUtcNow()
            ? $"the store keeps it immutable until {Quantity.Utc(until)}"
            : null;
}
