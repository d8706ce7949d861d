using Amazon.S3;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage.S3;

[assembly: AssemblyFixture(typeof(S3Fixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One S3 server for the whole run, started by the first test that asks for a bucket; its data is deleted at the end.</summary>
public sealed class S3Fixture : IAsyncDisposable
{
    private readonly string folder = TestFolder.New("s3rver");
    private readonly SemaphoreSlim starting = new(1);
    private S3rverServer? server;
    private int buckets;

    /// <summary>A new empty bucket.</summary>
    public async Task<S3StoreLocation> CreateBucketAsync(CancellationToken cancellationToken)
    {
        var location = (await ServerAsync(cancellationToken)).Location($"test-{Interlocked.Increment(ref buckets)}");
        using var client = Client(location);
        await client.PutBucketAsync(location.Bucket, cancellationToken);
        return location;
    }

    /// <summary>The running server.</summary>
    public async Task<S3rverServer> ServerAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            return server ??= await S3rverServer.StartAsync(new S3rverOptions { Folder = folder }, cancellationToken);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>The SDK's own view of a bucket, to look and to damage.</summary>
    public static IAmazonS3 Client(S3StoreLocation location) => S3Client.Open(location, new S3StoreOptions());

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        starting.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
