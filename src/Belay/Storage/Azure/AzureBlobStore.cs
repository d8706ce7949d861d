using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Keeps objects as block blobs of an Azure container.</summary>
/// <remarks>Blocks stay invisible until CommitBlockList; the service deletes those that are never committed after seven days.</remarks>
internal sealed class AzureBlobStore : IBackupStore
{
    private const BlobTraits Listed = BlobTraits.ImmutabilityPolicy | BlobTraits.LegalHold;

    private readonly BlobContainerClient container;
    private readonly AzureStoreOptions options;
    private readonly AzureFaults faults;
    private readonly AzureProtection protection;
    private readonly AzureTags tags;
    private readonly AzureEncryption? encryption;
    private readonly AzureDownload download;
    private readonly string prefix;

    /// <summary>Opens the container. Nothing is read or written yet.</summary>
    /// <param name="location">The container, the prefix in it and the way in.</param>
    /// <exception cref="StoreException">The connection string or address cannot be understood.</exception>
    public AzureBlobStore(AzureStoreLocation location)
        : this(location, new AzureStoreOptions())
    {
    }

    internal AzureBlobStore(AzureStoreLocation location, AzureStoreOptions options)
    {
        container = AzureContainer.Open(location, options);
        RecordKey = location.RecordKey;
        this.options = options;
        prefix = location.Prefix;
        DisplayName = location.DisplayName;
        var signature = AzureSignature.Of(location);
        faults = new AzureFaults(DisplayName) { SignatureFault = () => signature.FaultAt(options.TimeProvider.GetUtcNow()) };
        protection = new AzureProtection(options.TimeProvider);
        tags = new AzureTags(faults);
        encryption = location.Key is null ? null : new AzureEncryption(location.Key);
        download = new AzureDownload(faults, encryption);
    }

    /// <inheritdoc/>
    public string DisplayName { get; }

    /// <summary>The value is 16.</summary>
    /// <inheritdoc/>
    public int Concurrency => 16;

    /// <inheritdoc/>
    public BackupKey? RecordKey { get; }

    /// <inheritdoc/>
    public ObjectEncryption? Encryption => encryption?.Description;

    /// <summary>Writes, reads back and deletes a small object; first creates the container when it is
    /// missing and the key permits that.</summary>
    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StoreProbe.RunAsync(this, cancellationToken);
        }
        catch (StoreException fault) when (fault.InnerException is RequestFailedException { ErrorCode: "ContainerNotFound" })
        {
            if (!await TryCreateContainerAsync(cancellationToken))
            {
                throw;
            }

            await StoreProbe.RunAsync(this, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
        => faults.GuardAsync("look for", name, () => DescribeAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = container.GetBlobsAsync(
            new GetBlobsOptions { Prefix = ObjectName.Join(this.prefix, prefix), Traits = Listed }, cancellationToken);
        await using var items = pages.GetAsyncEnumerator(cancellationToken);
        while (await faults.GuardAsync("list", prefix, () => items.MoveNextAsync().AsTask(), cancellationToken))
        {
            var (item, properties) = (items.Current, items.Current.Properties);
            yield return new StoredObject(
                NameOf(item), properties.ContentLength ?? 0, properties.LastModified ?? default, ETagOf(properties.ETag))
            {
                Protection = protection.Of(properties),
            };
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
        => faults.GuardAsync("read", name, () => download.OpenAsync(name, BlobOf(name), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken)
    {
        var target = await TargetAsync(name, cancellationToken);
        return encryption is null
            ? new AzureBlockUpload(target, options)
            : new AzureEncryptedUpload(target, encryption, options);
    }

    /// <inheritdoc/>
    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => SmallObject.CreateAsync(
            this,
            async () => new AzureBlockUpload(await TargetAsync(name, cancellationToken), options),
            (name, content),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => faults.GuardAsync(
            "replace",
            expected.Name,
            async () =>
            {
                try
                {
                    using var bytes = new MemoryStream(content.ToArray());
                    await BlobOf(expected.Name)
                        .UploadAsync(bytes, new BlobUploadOptions { Conditions = Unchanged(expected) }, cancellationToken);
                    return true;
                }
                catch (RequestFailedException fault) when (HasChanged(fault))
                {
                    return await HoldsAlreadyAsync(expected, content, cancellationToken);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken)
    {
        var lease = new AzureLease(name, BlobOf(name), faults);
        await lease.HoldAsync(cancellationToken);
        return new RenewedMark(new RenewedMarkOptions
        {
            Life = AzureLease.Life,
            RenewAsync = lease.HoldAsync,
            EndAsync = lease.EndAsync,
            Lost = lost,
            TimeProvider = options.TimeProvider,
        });
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
        => faults.GuardAsync(
            "delete",
            expected.Name,
            async () =>
            {
                try
                {
                    await BlobOf(expected.Name)
                        .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, Unchanged(expected), cancellationToken);
                    return true;
                }
                catch (RequestFailedException fault) when (HasChanged(fault))
                {
                    return await DescribeAsync(expected.Name, cancellationToken) is null;
                }
                catch (RequestFailedException fault) when (AzureProtection.Of(fault) is { } reason)
                {
                    throw StoreFaults.Protected(DisplayName, expected.Name, reason);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task LabelAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
        => tags.WriteAsync(name, BlobOf(name), labels, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> MakeImmutableAsync(string name, DateTimeOffset until, CancellationToken cancellationToken)
        => faults.GuardAsync(
            "make immutable", name, () => AzureImmutability.SetAsync(BlobOf(name), until, cancellationToken), cancellationToken);

    /// <summary>Names the uploads without a commit. There is no call that removes their blocks, and the service drops them.</summary>
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SweepUploadsAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var committed = await NamesAsync(BlobStates.None, cancellationToken);
        var open = (await NamesAsync(BlobStates.Uncommitted, cancellationToken)).Except(committed, StringComparer.Ordinal).ToList();
        return open.Count == 0 ? []
            : [
                $"{Quantity.Count(open.Count, "upload")} without a commit, killed or under way "
                    + $"({string.Join(", ", open.Take(3))}{(open.Count > 3 ? ", …" : "")}): no backup; Azure drops the blocks a week "
                    + "after the last one",
            ];
    }

    private Task<List<string>> NamesAsync(BlobStates states, CancellationToken cancellationToken) => faults.GuardAsync(
        "list",
        "",
        async () => await container.GetBlobsAsync(
            new GetBlobsOptions { Prefix = ObjectName.Join(prefix, ""), States = states }, cancellationToken)
                .Select(NameOf)
                .ToListAsync(cancellationToken),
        cancellationToken);

    private string NameOf(BlobItem item) => prefix.Length == 0 ? item.Name : item.Name[(prefix.Length + 1)..];

    /// <summary>With its quotes: a listing gives it without them.</summary>
    private static string ETagOf(ETag? version) => version?.ToString("H") ?? "";

    private static BlobRequestConditions Unchanged(StoredObject expected) => new() { IfMatch = new ETag(expected.Version) };

    private static bool HasChanged(RequestFailedException fault)
        => fault is { Status: 412, ErrorCode: "ConditionNotMet" } or { Status: 404, ErrorCode: "BlobNotFound" };

    /// <summary>The first try may have succeeded with its answer lost; the retry is then refused, though the deed is done.</summary>
    private async Task<bool> HoldsAlreadyAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(expected.Name, cancellationToken) is not { } current || current.Size != content.Length)
        {
            return false;
        }

        var bytes = await SmallObject.ReadAsync(this, expected.Name, cancellationToken);
        return current.Version != expected.Version && content.Span.SequenceEqual(bytes);
    }

    private async Task<StoredObject?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await BlobOf(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new StoredObject(
                name,
                properties.ContentLength,
                properties.LastModified,
                ETagOf(properties.ETag)) { Protection = protection.Of(properties) };
        }
        catch (RequestFailedException fault) when (fault is { Status: 404, ErrorCode: not "ContainerNotFound" })
        {
            return null;
        }
    }

    private async Task<bool> TryCreateContainerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException)
        {
            return false;
        }
    }

    private async Task<AzureUploadTarget> TargetAsync(string name, CancellationToken cancellationToken)
        => await FindAsync(name, cancellationToken) is null
            ? new AzureUploadTarget(name, BlobOf(name), faults, token => DescribeAsync(name, token)) { TimeProvider = options.TimeProvider }
            : throw StoreFaults.Taken(DisplayName, name);

    private BlockBlobClient BlobOf(string name) => container.GetBlockBlobClient(ObjectName.Join(prefix, ObjectName.Check(name)));
}
