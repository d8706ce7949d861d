using Belay.Storage;

namespace Belay.Tests.Support;

/// <summary>A store in memory that keeps the parts of killed uploads and has something to sweep.</summary>
internal sealed class SweptStore : MemoryStore, IBackupStore, IUnfinishedUploads
{
    public UnfinishedUploads Uploads { get; } = new();

    public Task<IReadOnlyList<string>> SweepUploadsAsync(bool dryRun, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([$"Swept, dry run {dryRun}"]);

    public IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(CancellationToken cancellationToken)
        => Uploads.ListUnfinishedAsync(cancellationToken);

    public Task AbortUnfinishedAsync(UnfinishedUpload upload, CancellationToken cancellationToken)
        => Uploads.AbortUnfinishedAsync(upload, cancellationToken);
}
