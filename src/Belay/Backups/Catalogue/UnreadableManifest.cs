using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>A manifest that says nothing certain.</summary>
/// <param name="Reason">Why it cannot be trusted: malformed, changed by hand, of a newer format, or under another backup's name.</param>
internal sealed record UnreadableManifest(StoredObject Found, string Reason);
