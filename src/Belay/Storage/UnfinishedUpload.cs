namespace Belay.Storage;

/// <summary>An upload that was begun and neither committed nor given back.</summary>
/// <param name="Name">The name that the object would have had.</param>
/// <param name="Id">The store's own name of the upload.</param>
/// <param name="BegunUtc">When it was begun, by the store's clock.</param>
internal sealed record UnfinishedUpload(string Name, string Id, DateTimeOffset BegunUtc);
