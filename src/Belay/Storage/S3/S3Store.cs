using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;

namespace Belay.Storage.S3;

/// <summary>Keeps objects in a bucket of Amazon S3 or of a server that speaks its protocol.</summary>
/// <remarks>
/// Parts stay invisible until CompleteMultipartUpload. Those of a killed run stay in the bucket, unseen and paid for, until cleanup
/// aborts them.
/// </remarks>
internal sealed partial class S3Store : IBackupStore
{
    /// <summary>How many times as long as this run's request for a name another run may take to look for it and to write it.</summary>
    private const int OthersTimes = 8;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly S3Bucket bucket;
    private readonly S3StoreOptions options;
    private readonly S3Marks marks;
    private readonly S3Tags tags;
    private bool? createsHeedlessly;

    /// <summary>Opens the bucket. Nothing is read or written yet.</summary>
    /// <param name="location">The bucket, the prefix in it and the way in.</param>
    /// <exception cref="StoreException">No region is known.</exception>
    public S3Store(S3StoreLocation location)
        : this(location, new S3StoreOptions())
    {
    }

    internal S3Store(S3StoreLocation location, S3StoreOptions options)
    {
        bucket = new S3Bucket(location, options);
        RecordKey = location.RecordKey;
        this.options = options;
        marks = new S3Marks(bucket, options.TimeProvider);
        tags = new S3Tags(bucket);
        DisplayName = location.DisplayName;
    }

    /// <inheritdoc/>
    public BackupKey? RecordKey { get; }

    /// <inheritdoc/>
    public int Concurrency => 16;

    /// <inheritdoc/>
    public string DisplayName { get; }

    /// <inheritdoc/>
    public string? Weakness { get; private set; }

    /// <summary>Writes, reads back and deletes a small object, and finds out whether the server heeds conditions.</summary>
    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await StoreProbe.RunAsync(this, cancellationToken);
        var heedless = await ProbeConditionsAsync(cancellationToken);
        Weakness = heedless.Count == 0
            ? null
            : $"it {string.Join(", ", heedless)} objects without heeding conditions, so two runs that change the same backup in the same "
                + "moment can lose one change";
    }

    /// <inheritdoc/>
    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
        => bucket.Faults.GuardAsync("look for", name, () => DescribeAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await bucket.Faults.GuardAsync("list", prefix, () => bucket.ListAsync(prefix, cancellationToken), cancellationToken);
        var marked = await bucket.Faults.GuardAsync("list", prefix, () => marks.MarkedAsync(prefix, cancellationToken), cancellationToken);
        foreach (var item in found.Where(item => !S3Marks.IsHidden(item.Name)))
        {
            yield return item with { Protection = marked.Contains(item.Name) ? StoreFaults.InUse : null };
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
        => bucket.Faults.GuardAsync("read", name, () => DownloadAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken)
        => await bucket.Faults.GuardAsync("look for", name, () => bucket.HeadAsync(name, cancellationToken), cancellationToken) is null
            ? new S3Upload(name, bucket, options)
            : throw StoreFaults.Taken(DisplayName, name);

    /// <inheritdoc/>
    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => SmallObject.CreateAsync(this, name, content, cancellationToken);

    /// <summary>Where the server does not heed that a name is to be created once, sees after a while whose bytes stayed.</summary>
    /// <inheritdoc/>
    public async Task ConfirmAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        createsHeedlessly ??= (await ProbeConditionsAsync(cancellationToken)).Contains(S3ConditionProbe.Creates);
        if (createsHeedlessly is false)
        {
            return;
        }

        // Who looked for the name before this run had written has written when this time is over, unless it takes many times as long.
        var start = options.TimeProvider.GetTimestamp();
        _ = await FindAsync(name, cancellationToken);
        var wait = options.TimeProvider.GetElapsedTime(start) * OthersTimes;
        await Task.Delay(wait > ShortestWait ? wait : ShortestWait, options.TimeProvider, cancellationToken);
        await SmallObject.DemandEqualAsync(this, name, content, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => bucket.Faults.GuardAsync(
            "replace", expected.Name, () => TryReplaceAsync(expected, content.ToArray(), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken)
    {
        _ = await FindAsync(name, cancellationToken) ?? throw StoreFaults.Missing(DisplayName, name);
        var mark = S3Marks.NewFor(name);
        await marks.WriteAsync(name, mark, cancellationToken);
        return new RenewedMark(new RenewedMarkOptions
        {
            Life = S3Marks.Life,
            RenewAsync = token => marks.WriteAsync(name, mark, token),
            EndAsync = token => marks.EndAsync(name, mark, token),
            Lost = lost,
            TimeProvider = options.TimeProvider,
        });
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
        => bucket.Faults.GuardAsync("delete", expected.Name, () => TryDeleteAsync(expected, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task LabelAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
        => tags.WriteAsync(name, labels, cancellationToken);

    private Task<IReadOnlyList<string>> ProbeConditionsAsync(CancellationToken cancellationToken) => bucket.Faults.GuardAsync(
        "probe", "belay-probe", () => new S3ConditionProbe(bucket).RunAsync(cancellationToken), cancellationToken);

    private async Task<StoredObject?> DescribeAsync(string name, CancellationToken cancellationToken)
        => await bucket.DescribeAsync(name, cancellationToken) is { } found
            ? found with { Protection = (await marks.MarkedAsync(name + "/", cancellationToken)).Contains(name) ? StoreFaults.InUse : null }
            : null;

    private async Task<bool> TryReplaceAsync(StoredObject expected, byte[] content, CancellationToken cancellationToken)
    {
        if (await bucket.DescribeAsync(expected.Name, cancellationToken) is not { } current || current.Version != expected.Version)
        {
            return false;
        }

        try
        {
#pragma warning disable CA5351 // MD5 is what S3 checks a transfer with; it protects from accidents only.
            var hash = MD5.HashData(content);
#pragma warning restore CA5351
            await bucket.PutAsync(
                new S3Content
                {
                    Name = expected.Name,
                    OpenRead = () => new MemoryStream(content),
                    Hash = hash,
                    ReplacedVersion = expected.Version,
                }, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsConditionFault(fault) || S3Faults.IsMissing(fault))
        {
            return await HoldsAlreadyAsync(expected, content, cancellationToken);
        }
    }

    /// <summary>The first try may have succeeded with its answer lost; the retry is then refused, though the deed is done.</summary>
    private async Task<bool> HoldsAlreadyAsync(StoredObject expected, byte[] content, CancellationToken cancellationToken)
        => await bucket.DescribeAsync(expected.Name, cancellationToken) is { } current
            && current.Size == content.Length
            && current.Version != expected.Version
            && (await SmallObject.ReadAsync(this, expected.Name, cancellationToken)).AsSpan().SequenceEqual(content);

    private async Task<bool> TryDeleteAsync(StoredObject expected, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(expected.Name, cancellationToken) is not { } current)
        {
            return true;
        }

        if (current.Version != expected.Version)
        {
            return false;
        }

        if (current.Protection is { } reason)
        {
            throw StoreFaults.Protected(DisplayName, expected.Name, reason);
        }

        try
        {
            await bucket.DeleteAsync(expected, cancellationToken);
            await marks.SweepAsync(expected.Name, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsConditionFault(fault) || S3Faults.IsMissing(fault))
        {
            return await bucket.DescribeAsync(expected.Name, cancellationToken) is null;
        }
    }

    private async Task<Stream> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var first = await bucket.GetAsync(name, 0, null, cancellationToken);
#pragma warning disable CA2000 // The outer stream disposes the inner one.
            var content = new S3ReadStream(
                first, (offset, token) => bucket.GetAsync(name, offset, first.ETag, token), options.TimeProvider);
#pragma warning restore CA2000
            return new StoreReadStream(content, new StoreReadSource
            {
                Store = DisplayName,
                Name = name,
                Size = first.ContentLength,
                IsFault = S3Faults.IsStoreFault,
                Explain = fault => bucket.Faults.Explain("read", name, fault),
            });
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsMissing(fault))
        {
            throw StoreFaults.Missing(DisplayName, name);
        }
    }
}
