using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Belay.Storage.S3;

/// <summary>Marks on objects in use: S3 has no leases, so each user writes a small hidden object again and again,
/// and deletes it at the end.</summary>
internal sealed class S3Marks(S3Bucket bucket, TimeProvider timeProvider)
{
    /// <summary>How long a mark lasts after it was written, by the store's clock.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private const string Folder = ".belay-use";

    /// <summary>The name of a new mark of an object.</summary>
    public static string NewFor(string name) => $"{Folder}/{name}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    public static bool IsHidden(string name) => name.Split('/').Any(segment => segment.StartsWith('.'));

    /// <summary>Writes a mark, or writes it again.</summary>
    public Task<bool> WriteAsync(string name, string mark, CancellationToken cancellationToken) => bucket.Faults.GuardAsync(
        "mark as in use",
        name,
        async () =>
        {
            await bucket.Client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket.Name,
                    Key = ObjectName.Join(bucket.Prefix, mark),
                    ContentBody = "",
                    UseChunkEncoding = false,
                },
                cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Deletes a mark.</summary>
    public Task<bool> EndAsync(string name, string mark, CancellationToken cancellationToken) => bucket.Faults.GuardAsync(
        "end the mark of",
        name,
        async () =>
        {
            await bucket.Client.DeleteObjectAsync(bucket.Name, ObjectName.Join(bucket.Prefix, mark), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>The objects with a living mark, of those whose name starts with the prefix.</summary>
    public async Task<IReadOnlySet<string>> MarkedAsync(string prefix, CancellationToken cancellationToken)
        => (await ListAsync(prefix, cancellationToken)).Where(IsAlive).Select(NameOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>Deletes what killed users left on an object.</summary>
    public async Task SweepAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var dead in (await ListAsync(name + "/", cancellationToken)).Where(mark => !IsAlive(mark)))
        {
            await EndAsync(name, dead.Name, cancellationToken);
        }
    }

    private static string NameOf(StoredObject mark) => mark.Name[(Folder.Length + 1)..mark.Name.LastIndexOf('/')];

    private Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken cancellationToken)
        => bucket.ListAsync($"{Folder}/{prefix}", cancellationToken);

    private bool IsAlive(StoredObject mark) => timeProvider.GetUtcNow() - mark.LastModified <= Life;
}
