using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;

namespace Belay.Storage;

/// <summary>An upload in blocks, each checked by its MD5, that become a blob at the commit.</summary>
/// <remarks>Own loop over StageBlock: the SDK's OpenWrite commits half a blob when it is disposed after a fault.</remarks>
internal sealed class AzureBlockUpload : IObjectUpload
{
    /// <summary>Metadata that tells this upload's blob from another's when the answer to the commit was lost.</summary>
    private const string UploadMark = "belay_upload";

    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(20);

    private readonly AzureUploadTarget target;
    private readonly string uploadId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly BlockQueue blocks;
    private bool commitSent;
    private bool committed;

    public AzureBlockUpload(AzureUploadTarget target, AzureStoreOptions options)
    {
        this.target = target;
        blocks = new BlockQueue(new BlockQueueOptions { Sizes = BlockSizes.Azure, Pool = options.Pool }, StageAsync);
    }

    public int AcceptedBlocks => blocks.Accepted;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => blocks.WriteAsync(bytes, cancellationToken);

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        await blocks.CompleteAsync(cancellationToken);
        commitSent = true;
        try
        {
            await target.Blob.CommitBlockListAsync(
                Enumerable.Range(0, blocks.Count).Select(BlockId),
                new CommitBlockListOptions
                {
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                    Metadata = new Dictionary<string, string> { [UploadMark] = uploadId },
                },
                cancellationToken);
        }
        catch (Exception fault) when (AzureFaults.IsStoreFault(fault, cancellationToken))
        {
            await DemandOursAsync(fault, cancellationToken);
        }

        committed = true;
        return await target.Faults.GuardAsync("commit", target.Name, () => target.DescribeAsync(cancellationToken), cancellationToken)
            ?? throw StoreFaults.Missing(target.Faults.Store, target.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await blocks.DisposeAsync();
        if (commitSent && !committed)
        {
            await UndoAsync();
        }
    }

    private async Task StageAsync(Block block, CancellationToken cancellationToken) => await target.Faults.GuardAsync(
        "write",
        target.Name,
        async () =>
        {
            await using var content = block.OpenRead();
            var options = new BlockBlobStageBlockOptions
            {
                TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5, PrecalculatedChecksum = block.Hash },
            };
            return await target.Blob.StageBlockAsync(BlockId(block.Index), content, options, cancellationToken);
        },
        cancellationToken);

    /// <summary>Ids of equal length that no other upload to the same name can have.</summary>
    private string BlockId(int index) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{uploadId}{index:D6}"));

    /// <summary>A commit whose answer was lost is a success; anything else under the name is somebody else's.</summary>
    private async Task DemandOursAsync(Exception fault, CancellationToken cancellationToken)
    {
        if (await FindOursAsync(cancellationToken) is not null)
        {
            return;
        }

        commitSent = false;
        throw fault is RequestFailedException refused && AzureFaults.IsTaken(refused)
            ? StoreFaults.Taken(target.Faults.Store, target.Name)
            : target.Faults.Explain("commit", target.Name, fault);
    }

    private async Task<ETag?> FindOursAsync(CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await target.Blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return properties.Metadata.TryGetValue(UploadMark, out var mark) && mark == uploadId && properties.ContentLength == blocks.Length
                ? properties.ETag
                : null;
        }
        catch (Exception fault) when (AzureFaults.IsStoreFault(fault, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>A cancelled commit may have reached the store all the same.</summary>
    private async Task UndoAsync()
    {
        using var limit = new CancellationTokenSource(UndoLimit);
        try
        {
            if (await FindOursAsync(limit.Token) is { } version)
            {
                await target.Blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = version }, limit.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException || AzureFaults.IsStoreFault(fault, CancellationToken.None))
        {
            // The blob stays without a manifest, so it is no backup; cleanup finds it as an orphan.
            commitSent = false;
        }
    }
}
