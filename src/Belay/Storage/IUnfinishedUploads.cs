namespace Belay.Storage;

/// <summary>A store in which the parts of a killed upload stay until somebody removes them. Azure and a
/// folder do that by themselves.</summary>
internal interface IUnfinishedUploads
{
    /// <summary>All uploads below the store's prefix that were begun and neither committed nor given back,
    /// those of other programs too.</summary>
    /// <exception cref="StoreException">The store failed, or cannot list them.</exception>
    IAsyncEnumerable<UnfinishedUpload> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Removes an upload's parts; it cannot be committed any more.</summary>
    Task AbortUnfinishedAsync(UnfinishedUpload upload, CancellationToken cancellationToken);
}
