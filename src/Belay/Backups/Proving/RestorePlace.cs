namespace Belay.Backups.Proving;

/// <summary>The server that a dump is restored into, in the words of a failure.</summary>
/// <param name="Server">The server, for example <c>the scratch server</c>.</param>
/// <param name="Hint">What to do when the server or its disk gives out.</param>
internal sealed record RestorePlace(string Server, string Hint)
{
    /// <summary>A server that is thrown away, where a backup is proven.</summary>
    public static RestorePlace Scratch { get; } = new(
        "the scratch server",
        "Nothing is known of the dump, and its proof stays as it was. Make room in .nuke/temp, where the scratch server lives, "
            + "and in memory; then run the command again.");

    /// <summary>A server that others run, where a release is rehearsed.</summary>
    public static RestorePlace Borrowed { get; } = new(
        "the server of SCRATCH_URL",
        "Nothing is known of the dump, and its proof stays as it was. See that the server takes connections, and that there is room on its "
            + "disks and in its memory; then run the command again, without SCRATCH_URL to restore on this machine.");
}
