using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Belay.Storage.Blocks;

namespace Belay.Storage.Azure;

/// <summary>An upload in blocks, each checked by its MD5, that become a blob at the commit.</summary>
/// <remarks>Own loop over StageBlock: the SDK's OpenWrite commits half a blob when it is disposed after a fault.</remarks>
internal sealed class AzureBlockUpload : IObjectUpload
{
    private readonly AzureUploadTarget target;
    private readonly AzureUploadMark mark;
    private readonly BlockQueue blocks;

    public AzureBlockUpload(AzureUploadTarget target, AzureStoreOptions options)
    {
        this.target = target;
        mark = new AzureUploadMark(target);
        blocks = new BlockQueue(new BlockQueueOptions { Sizes = BlockSizes.Azure, Pool = options.Pool }, StageAsync);
    }

    /// <summary>What is noted beside the blob of its encryption; null where there is none.</summary>
    public string? EncryptionNote { get; init; }

    public int AcceptedBlocks => blocks.Accepted;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => blocks.WriteAsync(bytes, cancellationToken);

    public Task SealAsync(CancellationToken cancellationToken) => blocks.CompleteAsync(cancellationToken);

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        await blocks.CompleteAsync(cancellationToken);
        return await mark.CommitAsync(
            (conditions, metadata) => target.Blob.CommitBlockListAsync(
                Enumerable.Range(0, blocks.Count).Select(BlockId),
                new CommitBlockListOptions { Conditions = conditions, Metadata = Noted(metadata) },
                cancellationToken),
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await blocks.DisposeAsync();
        await mark.UndoAsync();
    }

    private IDictionary<string, string> Noted(IDictionary<string, string> metadata)
    {
        if (EncryptionNote is not null)
        {
            metadata[AzureEncryptionData.MetadataName] = EncryptionNote;
        }

        return metadata;
    }

    private async Task StageAsync(Block block, CancellationToken cancellationToken) => await target.Faults.GuardAsync(
        "write",
        target.Name,
        async () =>
        {
            await using var content = block.OpenRead();
            var options = new BlockBlobStageBlockOptions
            {
                TransferValidation = new UploadTransferValidationOptions
                {
                    ChecksumAlgorithm = StorageChecksumAlgorithm.MD5,
                    PrecalculatedChecksum = block.Hash,
                },
            };
            return await target.Blob.StageBlockAsync(BlockId(block.Index), content, options, cancellationToken);
        },
        cancellationToken);

    /// <summary>Ids of equal length that no other upload to the same name can have.</summary>
    private string BlockId(int index) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{mark.UploadId}{index:D6}"));
}
