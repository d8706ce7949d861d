namespace Belay.Storage;

/// <summary>One committed object of a store.</summary>
/// <param name="Name">Its full name below the store's prefix, with forward slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="LastModified">When the store last changed it, by the store's own clock.</param>
/// <param name="Version">An opaque mark that changes with the content (an ETag); used for conditional deletes.</param>
public sealed record StoredObject(string Name, long Size, DateTimeOffset LastModified, string Version)
{
    /// <summary>Why the store does not let it be deleted now, as a clause: <c>it is in use</c>; null when it may be deleted.</summary>
    public string? Protection { get; init; }
}
