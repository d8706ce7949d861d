using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Belay.Storage.Azure;

/// <summary>Tells an upload's own blob from another's, and takes it away when nobody was told that it is there.</summary>
internal sealed class AzureUploadMark(AzureUploadTarget target)
{
    private const string MetadataName = "belay_upload";

    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(20);

    private bool commitSent;
    private bool committed;

    /// <summary>Hexadecimal digits that no other upload has.</summary>
    public string UploadId { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Commits only under a free name, with this upload's mark.</summary>
    /// <param name="commit">Sends the commit with these conditions and this metadata.</param>
    /// <param name="cancellationToken">Stops the commit; <see cref="UndoAsync"/> then takes away what it made visible.</param>
    public async Task<StoredObject> CommitAsync(
        Func<BlobRequestConditions, IDictionary<string, string>, Task> commit, CancellationToken cancellationToken)
    {
        commitSent = true;
        try
        {
            await commit(
                new BlobRequestConditions { IfNoneMatch = ETag.All }, new Dictionary<string, string> { [MetadataName] = UploadId });
        }
        catch (Exception fault) when (AzureFaults.IsStoreFault(fault, cancellationToken))
        {
            await DemandOursAsync(fault, cancellationToken);
        }

        committed = true;
        return await target.Faults.GuardAsync("commit", target.Name, () => target.DescribeAsync(cancellationToken), cancellationToken)
            ?? throw StoreFaults.Missing(target.Faults.Store, target.Name);
    }

    /// <summary>A cancelled commit may have reached the store all the same.</summary>
    public async Task UndoAsync()
    {
        if (!commitSent || committed)
        {
            return;
        }

        using var limit = new CancellationTokenSource(UndoLimit, target.TimeProvider);
        try
        {
            if (await FindOursAsync(limit.Token) is { } version)
            {
                await target.Blob.DeleteIfExistsAsync(
                    DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = version }, limit.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException || AzureFaults.IsStoreFault(fault, CancellationToken.None))
        {
            // The blob stays without a manifest, so it is no backup; cleanup finds it as an orphan.
            commitSent = false;
        }
    }

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
            return properties.Metadata.TryGetValue(MetadataName, out var mark) && mark == UploadId ? properties.ETag : null;
        }
        catch (Exception fault) when (AzureFaults.IsStoreFault(fault, cancellationToken))
        {
            return null;
        }
    }
}
