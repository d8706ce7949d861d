namespace Belay.Storage;

/// <summary>The store does not let an object be deleted now. Whoever cleans up leaves it and goes on.</summary>
/// <param name="message">Which object of which store, and why.</param>
/// <param name="reason">Why, as a clause.</param>
public sealed class ProtectedObjectException(string message, string reason)
    : StoreException(message, "./build.sh CleanupBackups deletes it when it is free again.")
{
    /// <summary>Why, as a clause: <c>it is in use</c>.</summary>
    public string Reason => reason;
}
