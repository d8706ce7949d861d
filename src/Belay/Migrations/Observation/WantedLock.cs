namespace Belay.Migrations.Observation;

/// <summary>A lock that an attempt waited for.</summary>
/// <param name="Target">All that names in pg_locks what it is on, as the runner reads it.</param>
/// <param name="Mode">The mode, in the server's words: <c>AccessExclusiveLock</c>.</param>
internal sealed record WantedLock(string Target, string Mode)
{
    /// <summary>The modes in which others may hold it that keep it from being had; none for a mode that is not a table's.</summary>
    public IReadOnlyList<string> Conflicting => LockMode.ConflictsOf(Mode);
}
