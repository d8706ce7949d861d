using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Where a block upload goes.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Blob">The blob's client.</param>
/// <param name="Faults">Explains what goes wrong.</param>
/// <param name="DescribeAsync">What the store says of the object now.</param>
internal sealed record AzureUploadTarget(
    string Name, BlockBlobClient Blob, AzureFaults Faults, Func<CancellationToken, Task<StoredObject?>> DescribeAsync);
