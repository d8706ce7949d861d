using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Belay.Storage.S3;

/// <summary>Writes an object's tags, as long as that is permitted and the server knows tags.</summary>
internal sealed class S3Tags(S3Bucket bucket)
{
    /// <summary>S3's limit for a value, in characters.</summary>
    private const int Longest = 256;

    private bool refused;

    /// <exception cref="StoreException">The first time that it is refused; later ones do nothing.</exception>
    public async Task WriteAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        if (refused)
        {
            return;
        }

        var request = new PutObjectTaggingRequest
        {
            BucketName = bucket.Name,
            Key = bucket.KeyOf(name),
            Tagging = new Tagging { TagSet = [.. labels.Select(label => new Tag { Key = Clean(label.Key), Value = Clean(label.Value) })] },
        };
        await bucket.Faults.GuardAsync(
            "write the tags of",
            name,
            async () =>
            {
                try
                {
                    return await bucket.Client.PutObjectTaggingAsync(request, cancellationToken);
                }
                catch (AmazonS3Exception fault)
                    when (fault.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
                {
                    refused = true;
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Every server takes letters and digits of ASCII, space and <c>+ - . : = _ / @</c>.</summary>
    private static string Clean(string text) => string.Concat(text.Take(Longest).Select(character
        => char.IsAsciiLetterOrDigit(character) || " +-.:=_/@".Contains(character, StringComparison.Ordinal) ? character : '_'));
}
