namespace Belay.Migrations.Observation;

/// <summary>A lock that an attempt waited for.</summary>
/// <param name="Target">All that names in pg_locks what it is on, as the runner reads it.</param>
/// <param name="Mode">The mode, in the server's words: <c>AccessExclusiveLock</c>.</param>
internal sealed record WantedLock(string Target, string Mode)
{
    private static readonly string[] Modes =
    [
        "AccessShareLock",
        "RowShareLock",
        "RowExclusiveLock",
        "ShareUpdateExclusiveLock",
        "ShareLock",
        "ShareRowExclusiveLock",
        "ExclusiveLock",
        "AccessExclusiveLock",
    ];

    /// <summary>For each mode the weakest one that it conflicts with; it conflicts with all stronger ones too.</summary>
    private static readonly int[] Weakest = [7, 6, 4, 3, 2, 2, 1, 0];

    /// <summary>The modes in which others may hold it that keep it from being had, by the table in PostgreSQL's chapter on explicit
    /// locking; none for a mode that is not in that table.</summary>
    public IReadOnlyList<string> Conflicting
        => Array.IndexOf(Modes, Mode) is var mode and >= 0
            ? [.. Modes.Skip(Weakest[mode]).Where(other => Mode != "ShareLock" || other != Mode)]
            : [];
}
