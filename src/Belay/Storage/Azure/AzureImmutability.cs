using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Sets a blob's time-based immutability policy and reads back what the service says of it.</summary>
/// <remarks>
/// The policy is an unlocked one: nobody can change or delete the blob under it, but who has the right to set policies can end it. A locked
/// one could be ended by nobody, not even by the account's owner, and one mistyped number of days would have to be paid for.
/// </remarks>
internal static class AzureImmutability
{
    public static async Task<DateTimeOffset?> SetAsync(BlobBaseClient blob, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await blob.SetImmutabilityPolicyAsync(
            new BlobImmutabilityPolicy { ExpiresOn = until, PolicyMode = BlobImmutabilityPolicyMode.Unlocked },
            cancellationToken: cancellationToken);
        return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.ImmutabilityPolicy?.ExpiresOn;
    }
}
