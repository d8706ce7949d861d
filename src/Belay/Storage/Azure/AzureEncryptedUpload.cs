using System.IO.Pipelines;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Belay.Storage.Azure;

/// <summary>An upload that the SDK encrypts on this machine, in blocks that it checks by their MD5.</summary>
/// <remarks>
/// The SDK encrypts only what it uploads itself, as one stream whose end it takes for success. So it
/// reads from a pipe that ends only at the commit; without one the pipe ends with an exception, and the SDK commits nothing.
/// The SDK's blocks have one size, so an object is limited: see <see cref="Largest"/>.
/// </remarks>
internal sealed class AzureEncryptedUpload : IObjectUpload
{
    /// <summary>What the SDK cuts the encrypted bytes into; it keeps four of them in memory.</summary>
    private const int BlockSize = 8 << 20;

    private const int InFlight = 3;

    /// <summary>The most bytes of one object: 50,000 blocks less what encryption adds, about 390 GiB.</summary>
    private const long Largest = 49_999L * BlockSize;

    private static readonly PipeOptions Bounds = new(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19);

    private readonly AzureUploadTarget target;
    private readonly AzureUploadMark mark;
    private readonly Pipe pipe = new(Bounds);
    private readonly CancellationTokenSource stop = new();
    private readonly Task<StoredObject> sending;
    private long length;
    private bool disposed;

    public AzureEncryptedUpload(AzureUploadTarget target, BlobClient encrypting)
    {
        this.target = target;
        mark = new AzureUploadMark(target);
        sending = SendAsync(encrypting);
    }

    public int AcceptedBlocks { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        length += bytes.Length;
        if (length > Largest)
        {
            throw new StoreException(
                $"'{target.Name}' is larger than {Quantity.Bytes(Largest)}, the most that {target.Faults.Store} takes encrypted.",
                "Take the backup without BACKUP_KEY, or with a stronger --compression.");
        }

        if ((await pipe.Writer.WriteAsync(bytes, cancellationToken)).IsCompleted)
        {
            await sending;
        }
    }

    /// <summary>The SDK takes the stream's end for success, so the end waits for the commit.</summary>
    public Task SealAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var cancelling = cancellationToken.UnsafeRegister(_ => stop.Cancel(), null);
        await pipe.Writer.CompleteAsync();
        try
        {
            var stored = await sending;
            AcceptedBlocks = (int)((stored.Size + BlockSize - 1) / BlockSize);
            return stored;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await stop.CancelAsync();
        await pipe.Writer.CompleteAsync(new OperationCanceledException("The upload was not committed."));
        await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await mark.UndoAsync();
        stop.Dispose();
    }

    private async Task<StoredObject> SendAsync(BlobClient encrypting)
    {
        await using var content = pipe.Reader.AsStream();
        return await mark.CommitAsync(
            (conditions, metadata) => encrypting.UploadAsync(
                content,
                new BlobUploadOptions
                {
                    Conditions = conditions,
                    Metadata = metadata,
                    // Without these the SDK first collects 256 MiB.
                    TransferOptions = new StorageTransferOptions
                    {
                        InitialTransferSize = BlockSize,
                        MaximumTransferSize = BlockSize,
                        MaximumConcurrency = InFlight,
                    },
                    TransferValidation = new UploadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 },
                },
                stop.Token),
            stop.Token);
    }
}
