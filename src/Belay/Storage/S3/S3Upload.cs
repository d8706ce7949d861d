using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3.Model;
using Belay.Storage.Blocks;

namespace Belay.Storage.S3;

/// <summary>An upload in parts that become an object at the commit; what fits into one part is written at the commit,
/// in one request.</summary>
internal sealed class S3Upload : IObjectUpload
{
    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(20);

    private readonly string name;
    private readonly S3Bucket bucket;
    private readonly TimeProvider timeProvider;
    private readonly string mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly ConcurrentDictionary<int, PartETag> parts = new();
    private readonly SemaphoreSlim beginning = new(1);
    private readonly BlockQueue blocks;
    private string? uploadId;
    private bool commitSent;
    private bool committed;

    public S3Upload(string name, S3Bucket bucket, S3StoreOptions options)
    {
        this.name = name;
        this.bucket = bucket;
        timeProvider = options.TimeProvider;
        blocks = new BlockQueue(new BlockQueueOptions { Sizes = BlockSizes.S3, Pool = options.Pool }, SendAsync);
    }

    public int AcceptedBlocks => blocks.Accepted;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => blocks.WriteAsync(bytes, cancellationToken);

    /// <summary>What fits into one part waits for the commit, because that one request shows it.</summary>
    public Task SealAsync(CancellationToken cancellationToken)
        => blocks.Count > 1 ? blocks.CompleteAsync(cancellationToken) : Task.CompletedTask;

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        await blocks.CompleteAsync(cancellationToken);
        if (uploadId is not null)
        {
            var ordered = parts.OrderBy(part => part.Key).Select(part => part.Value);
            await ShowAsync("commit", () => bucket.CompleteAsync(name, uploadId, ordered, cancellationToken), cancellationToken);
        }
        else if (blocks.Count == 0)
        {
#pragma warning disable CA5351 // MD5 is what S3 checks a transfer with; it protects from accidents only.
            await PutAsync(() => new MemoryStream(), MD5.HashData([]), cancellationToken);
#pragma warning restore CA5351
        }

        var found = await bucket.Faults.GuardAsync("commit", name, () => bucket.HeadAsync(name, cancellationToken), cancellationToken)
            ?? throw StoreFaults.Missing(bucket.Faults.Store, name);
        var ours = OursOf(found) ?? throw StoreFaults.Taken(bucket.Faults.Store, name);
        committed = true;
        return ours;
    }

    public async ValueTask DisposeAsync()
    {
        await blocks.DisposeAsync();
        beginning.Dispose();
        if (!committed)
        {
            await UndoAsync();
        }
    }

    /// <summary>Only the commit sends a first block that is not full, so it is the whole object.</summary>
    private Task SendAsync(Block block, CancellationToken cancellationToken)
        => block is { Index: 0, IsFull: false }
            ? PutAsync(block.OpenRead, block.Hash, cancellationToken)
            : bucket.Faults.GuardAsync("write", name, () => SendPartAsync(block, cancellationToken), cancellationToken);

    private Task PutAsync(Func<Stream> openRead, byte[] hash, CancellationToken cancellationToken)
    {
        var content = new S3Content { Name = name, OpenRead = openRead, Hash = hash, Mark = mark };
        return ShowAsync("write", () => bucket.PutAsync(content, cancellationToken), cancellationToken);
    }

    private async Task<bool> SendPartAsync(Block block, CancellationToken cancellationToken)
    {
        await using var content = block.OpenRead();
        var part = new S3Part
        {
            Name = name,
            UploadId = await BeginAsync(cancellationToken),
            Number = block.Index + 1,
            Content = content,
            Hash = block.Hash,
        };
        var answer = await bucket.SendPartAsync(part, cancellationToken);
        if (S3PartCheck.IsOther(answer, part.Hash))
        {
            throw new StoreException(
                $"Cannot write '{name}' in {bucket.Faults.Store}: part {part.Number} arrived with other bytes than were sent.",
                "Run the command again; if it stays so, look at proxies on the way.");
        }

        return parts.TryAdd(block.Index, new PartETag(part.Number, answer.ETag));
    }

    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        await beginning.WaitAsync(cancellationToken);
        try
        {
            return uploadId ??= await bucket.BeginPartsAsync(name, mark, cancellationToken);
        }
        finally
        {
            beginning.Release();
        }
    }

    /// <summary>Makes the object visible, if the name is still free; an answer that was lost counts as the success it was.</summary>
    private async Task ShowAsync(string verb, Func<Task> send, CancellationToken cancellationToken)
    {
        if (await bucket.Faults.GuardAsync(verb, name, () => bucket.HeadAsync(name, cancellationToken), cancellationToken) is not null)
        {
            throw StoreFaults.Taken(bucket.Faults.Store, name);
        }

        commitSent = true;
        try
        {
            await send();
        }
        catch (Exception fault) when (S3Faults.IsStoreFault(fault, cancellationToken))
        {
            await DemandOursAsync(verb, fault, cancellationToken);
        }
    }

    private async Task DemandOursAsync(string verb, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindOursAsync(cancellationToken) is not null)
            {
                return;
            }
        }
        catch (Exception again) when (S3Faults.IsStoreFault(again, cancellationToken))
        {
            // The first fault says more than that the store could not be asked about it.
            throw bucket.Faults.Explain(verb, name, fault);
        }

        throw fault is AmazonServiceException refused && S3Faults.IsConditionFault(refused)
            ? StoreFaults.Taken(bucket.Faults.Store, name)
            : bucket.Faults.Explain(verb, name, fault);
    }

    private async Task<StoredObject?> FindOursAsync(CancellationToken cancellationToken)
        => await bucket.HeadAsync(name, cancellationToken) is { } found ? OursOf(found) : null;

    private StoredObject? OursOf(GetObjectMetadataResponse found)
        => found.Metadata[S3Content.MarkName] == mark && found.ContentLength == blocks.Length
            ? new StoredObject(name, found.ContentLength, S3Bucket.WholeSeconds(found.LastModified), found.ETag)
            : null;

    /// <summary>Gives back the parts. A cancelled commit may have reached the store all the same, so the object goes as well.</summary>
    private async Task UndoAsync()
    {
        using var limit = new CancellationTokenSource(UndoLimit, timeProvider);
        if (uploadId is not null)
        {
            await TryAsync(() => bucket.AbortAsync(name, uploadId, limit.Token));
        }

        if (commitSent)
        {
            await TryAsync(async () =>
            {
                if (await FindOursAsync(limit.Token) is { } ours)
                {
                    await bucket.DeleteAsync(ours, limit.Token);
                }
            });
        }
    }

    /// <summary>What cannot be undone now is no backup without a manifest; cleanup finds it.</summary>
    private static async Task TryAsync(Func<Task> undo)
    {
        try
        {
            await undo();
        }
        catch (Exception fault) when (fault is OperationCanceledException || S3Faults.IsStoreFault(fault, CancellationToken.None))
        {
            return;
        }
    }
}
