using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Where a block upload goes.</summary>
/// <param name="DescribeAsync">What the store says of the object now.</param>
internal sealed record AzureUploadTarget(
    string Name, BlockBlobClient Blob, AzureFaults Faults, Func<CancellationToken, Task<StoredObject?>> DescribeAsync)
{
    /// <summary>Measures how long a failed upload is tidied up.</summary>
    public required TimeProvider TimeProvider { get; init; }
}
