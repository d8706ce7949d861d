using Belay.Storage;

namespace Belay.Tests.Support;

/// <summary>Unfinished uploads of no store.</summary>
internal sealed class UnfinishedUploads : IUnfinishedUploads
{
    public IReadOnlyList<UnfinishedUpload> Uploads { get; set; } = [];

    /// <summary>What a listing throws; null for nothing.</summary>
    public StoreException? Fault { get; init; }

    /// <summary>The ids of the uploads that were removed.</summary>
    public List<string> Aborted { get; } = [];

    public async IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var upload in Fault is null ? Uploads : throw Fault)
        {
            yield return upload;
        }
    }

    public Task AbortUnfinishedAsync(UnfinishedUpload upload, CancellationToken cancellationToken)
    {
        Aborted.Add(upload.Id);
        return Task.CompletedTask;
    }
}
