using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>The lease that keeps a blob from being deleted while somebody reads it.</summary>
/// <remarks>
/// A blob has one lease at most, and several must be able to read it at once. So all users of a blob propose the same lease id, made from
/// its name: acquiring a lease again under its own id is allowed and begins its time anew. Nobody releases it, which would end it for
/// the others too; the one that ends shortens it to the least that Azure allows, and whoever still reads lengthens it at the next renewal,
/// which comes sooner than that. A lease under another id is somebody else's and protects just as well.
/// </remarks>
internal sealed class AzureLease(string name, BlockBlobClient blob, AzureFaults faults)
{
    /// <summary>How long a killed user's lease lasts; Azure's longest.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>Azure's shortest; longer than <see cref="RenewedMark.Period"/>.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    private readonly BlobLeaseClient client = blob.GetBlobLeaseClient(
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16]).ToString());

    public Task HoldAsync(CancellationToken cancellationToken) => AcquireAsync(Life, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => AcquireAsync(Shortest, cancellationToken);

    /// <returns>False when somebody else's lease protects the blob already.</returns>
    private Task<bool> AcquireAsync(TimeSpan duration, CancellationToken cancellationToken) => faults.GuardAsync(
        "mark as in use",
        name,
        async () =>
        {
            try
            {
                await client.AcquireAsync(duration, cancellationToken: cancellationToken);
                return true;
            }
            catch (RequestFailedException fault) when (fault is { Status: 409, ErrorCode: "LeaseAlreadyPresent" })
            {
                return false;
            }
            catch (RequestFailedException fault) when (fault is { Status: 404, ErrorCode: "BlobNotFound" })
            {
                throw StoreFaults.Missing(faults.Store, name);
            }
        },
        cancellationToken);
}
