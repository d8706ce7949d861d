using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Belay.Storage.S3;

/// <summary>The requests that Belay sends to a bucket, and how their answers become objects.</summary>
/// <remarks>
/// Writes carry a condition. Some servers ignore conditions, so the callers look before they write as well; a server that refuses
/// them (501 Not Implemented) is asked without from then on.
/// </remarks>
internal sealed class S3Bucket(S3StoreLocation location, S3StoreOptions options)
{
    private readonly bool isEncrypted = location.Access.Endpoint?.Scheme != Uri.UriSchemeHttp;
    private volatile bool refusesConditions;

    public IAmazonS3 Client { get; } = S3Client.Open(location, options);

    public string Name => location.Bucket;

    public string Prefix => location.Prefix;

    public S3Faults Faults { get; } = new(location.DisplayName);

    public string KeyOf(string name) => ObjectName.Join(Prefix, ObjectName.Check(name));

    public string NameOf(string key) => Prefix.Length == 0 ? key : key[(Prefix.Length + 1)..];

    /// <summary>Everything whose name starts with the prefix, hidden names too, in name order.</summary>
    /// <remarks>Amazon's general purpose buckets list in this order; directory buckets and some other servers do not.</remarks>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        List<StoredObject> found = [];
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = ObjectName.Join(Prefix, prefix) };
        ListObjectsV2Response page;
        do
        {
            page = await Client.ListObjectsV2Async(request, cancellationToken);
            found.AddRange(
                (page.S3Objects ?? [])
                    .Select(item => new StoredObject(NameOf(item.Key), item.Size ?? 0, WholeSeconds(item.LastModified), item.ETag)));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return [.. found.OrderBy(item => item.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the store says of an object now; null when there is none.</summary>
    public async Task<GetObjectMetadataResponse?> HeadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.GetObjectMetadataAsync(Name, KeyOf(name), cancellationToken);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsMissing(fault))
        {
            return null;
        }
    }

    public async Task<StoredObject?> DescribeAsync(string name, CancellationToken cancellationToken)
        => await HeadAsync(name, cancellationToken) is { } found
            ? new StoredObject(name, found.ContentLength, WholeSeconds(found.LastModified), found.ETag)
            : null;

    /// <summary>Reads from an offset; later parts only of the version that the first part came from.</summary>
    public Task<GetObjectResponse> GetAsync(string name, long offset, string? version, CancellationToken cancellationToken)
        => Client.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = Name,
                Key = KeyOf(name),
                ByteRange = offset == 0 ? null : new ByteRange($"bytes={offset}-"),
                EtagToMatch = version,
            },
            cancellationToken);

    /// <summary>Writes a whole object in one request.</summary>
    public Task PutAsync(S3Content content, CancellationToken cancellationToken) => WithConditionAsync(async isConditional =>
    {
        await using var bytes = content.OpenRead();
        var request = new PutObjectRequest
        {
            BucketName = Name,
            Key = KeyOf(content.Name),
            InputStream = bytes,
            MD5Digest = Convert.ToBase64String(content.Hash),
            IfMatch = isConditional ? content.ReplacedVersion : null,
            IfNoneMatch = isConditional && content.ReplacedVersion is null ? "*" : null,
            UseChunkEncoding = false,
            DisablePayloadSigning = isEncrypted,
        };
        if (content.Mark is not null)
        {
            request.Metadata.Add(S3Content.MarkName, content.Mark);
        }

        await Client.PutObjectAsync(request, cancellationToken);
    });

    public Task DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
        => WithConditionAsync(isConditional => Client.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = Name, Key = KeyOf(expected.Name), IfMatch = isConditional ? expected.Version : null },
            cancellationToken));

    public async Task<string> BeginPartsAsync(string name, string mark, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = Name, Key = KeyOf(name) };
        request.Metadata.Add(S3Content.MarkName, mark);
        return (await Client.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
    }

    public Task<UploadPartResponse> SendPartAsync(S3Part part, CancellationToken cancellationToken) => Client.UploadPartAsync(
        new UploadPartRequest
        {
            BucketName = Name,
            Key = KeyOf(part.Name),
            UploadId = part.UploadId,
            PartNumber = part.Number,
            PartSize = part.Content.Length,
            InputStream = part.Content,
            MD5Digest = Convert.ToBase64String(part.Hash),
            UseChunkEncoding = false,
            DisablePayloadSigning = isEncrypted,
        },
        cancellationToken);

    public Task CompleteAsync(string name, string uploadId, IEnumerable<PartETag> parts, CancellationToken cancellationToken)
        => WithConditionAsync(isConditional => Client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = Name,
                Key = KeyOf(name),
                UploadId = uploadId,
                PartETags = [.. parts],
                IfNoneMatch = isConditional ? "*" : null,
            },
            cancellationToken));

    public Task AbortAsync(string name, string uploadId, CancellationToken cancellationToken) => Client.AbortMultipartUploadAsync(
        new AbortMultipartUploadRequest { BucketName = Name, Key = KeyOf(name), UploadId = uploadId },
        cancellationToken);

    /// <summary>A listing gives fractions of a second that the object's own header lacks.</summary>
    public static DateTimeOffset WholeSeconds(DateTime? time)
        => DateTimeOffset.FromUnixTimeSeconds(new DateTimeOffset((time ?? DateTime.UnixEpoch).ToUniversalTime()).ToUnixTimeSeconds());

    private async Task WithConditionAsync(Func<bool, Task> send)
    {
        try
        {
            await send(!refusesConditions);
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotImplemented && !refusesConditions)
        {
            refusesConditions = true;
            await send(false);
        }
    }
}
