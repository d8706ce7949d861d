using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Belay.Storage.S3;

internal sealed partial class S3Store : IUnfinishedUploads
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket.Name, Prefix = ObjectName.Join(bucket.Prefix, "") };
        ListMultipartUploadsResponse page;
        do
        {
            page = await bucket.Faults.GuardAsync(
                "list unfinished uploads of",
                "",
                () => bucket.Client.ListMultipartUploadsAsync(request, cancellationToken),
                cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                yield return new UnfinishedUpload(bucket.NameOf(upload.Key), upload.UploadId, S3Bucket.WholeSeconds(upload.Initiated));
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
    }

    /// <inheritdoc/>
    public Task AbortUnfinishedAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => bucket.Faults.GuardAsync(
        "abort the upload of",
        upload.Name,
        async () =>
        {
            try
            {
                await bucket.AbortAsync(upload.Name, upload.Id, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception fault) when (S3Faults.IsMissing(fault))
            {
                // It ended meanwhile.
                return false;
            }
        },
        cancellationToken);
}
