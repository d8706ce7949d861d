using Azure;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Writes a blob's index tags, as long as that is permitted.</summary>
internal sealed class AzureTags(AzureFaults faults)
{
    /// <summary>Azure's limit for a value, in characters.</summary>
    private const int Longest = 256;

    private bool refused;

    /// <exception cref="StoreException">The first time that it is not permitted or, as with some kinds of accounts,
    /// not possible; later ones do nothing.</exception>
    public async Task WriteAsync(
        string name, BlobBaseClient blob, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        if (refused)
        {
            return;
        }

        var tags = labels.ToDictionary(label => Clean(label.Key), label => Clean(label.Value));
        await faults.GuardAsync(
            "write the index tags of",
            name,
            async () =>
            {
                try
                {
                    return await blob.SetTagsAsync(tags, cancellationToken: cancellationToken);
                }
                catch (RequestFailedException fault) when (fault.Status is 400 or 403 or 409 or 501)
                {
                    refused = true;
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Azure takes letters and digits of ASCII, space and <c>+ - . : = _ /</c> only.</summary>
    private static string Clean(string text) => string.Concat(text.Take(Longest).Select(character
        => char.IsAsciiLetterOrDigit(character) || " +-.:=_/".Contains(character, StringComparison.Ordinal) ? character : '_'));
}
