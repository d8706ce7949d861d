using System.Security.Cryptography;
using Amazon.S3;

namespace Belay.Storage.S3;

/// <summary>Finds out which conditions a server heeds, by asking for things that it must refuse.</summary>
internal sealed class S3ConditionProbe(S3Bucket bucket)
{
    /// <summary>The word for a server that creates an object although there is one.</summary>
    public const string Creates = "creates";

    private const string OtherVersion = "\"00000000000000000000000000000000\"";

    private readonly string name = $"belay-probe-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>What the server does without heeding a condition: <see cref="Creates"/>, <c>replaces</c>, <c>deletes</c>.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        await PutAsync(null, cancellationToken);
        List<string> heedless = [];
        try
        {
            await TryAsync(Creates, heedless, () => PutAsync(null, cancellationToken));
            await TryAsync("replaces", heedless, () => PutAsync(OtherVersion, cancellationToken));
            await TryAsync("deletes", heedless, () => DeleteAsync(OtherVersion, cancellationToken));
        }
        finally
        {
            if (await bucket.DescribeAsync(name, cancellationToken) is { } left)
            {
                await DeleteAsync(left.Version, cancellationToken);
            }
        }

        return heedless;
    }

    private static async Task TryAsync(string verb, List<string> heedless, Func<Task> forbidden)
    {
        try
        {
            await forbidden();
            heedless.Add(verb);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsConditionFault(fault))
        {
            // Refused, as it should be.
        }
    }

    private Task PutAsync(string? replaced, CancellationToken cancellationToken)
    {
        byte[] bytes = [0];
#pragma warning disable CA5351 // MD5 is what S3 checks a transfer with; it protects from accidents only.
        var hash = MD5.HashData(bytes);
#pragma warning restore CA5351
        return bucket.PutAsync(
            new S3Content { Name = name, OpenRead = () => new MemoryStream(bytes), Hash = hash, ReplacedVersion = replaced },
            cancellationToken);
    }

    private Task DeleteAsync(string version, CancellationToken cancellationToken)
        => bucket.DeleteAsync(new StoredObject(name, 1, default, version), cancellationToken);
}
