namespace Belay.Migrations.Observation;

/// <summary>The modes of locks on tables as pg_locks names them, and what they keep away:
/// https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES.</summary>
internal static class LockMode
{
    private const string Share = "ShareLock";

    /// <summary>From the weakest to the strongest.</summary>
    private static readonly string[] Modes =
    [
        "AccessShareLock",
        "RowShareLock",
        "RowExclusiveLock",
        "ShareUpdateExclusiveLock",
        Share,
        "ShareRowExclusiveLock",
        "ExclusiveLock",
        "AccessExclusiveLock",
    ];

    /// <summary>For each mode the weakest one that it conflicts with; it conflicts with all stronger ones too.</summary>
    private static readonly int[] Weakest = [7, 6, 4, 3, 2, 2, 1, 0];

    /// <summary>How strong a mode is; larger is stronger, and -1 is no lock of a table.</summary>
    public static int StrengthOf(string? mode) => Array.IndexOf(Modes, mode);

    /// <summary>Whether it keeps those away who write rows.</summary>
    public static bool KeepsWritersAway(string mode) => StrengthOf(mode) >= StrengthOf(Share);

    /// <summary>Whether it keeps those away who read.</summary>
    public static bool KeepsReadersAway(string mode) => StrengthOf(mode) == Modes.Length - 1;

    /// <summary>The modes that a mode cannot be had beside; none for one that is not a table's. SHARE alone is had beside itself while
    /// it keeps weaker ones away.</summary>
    public static IReadOnlyList<string> ConflictsOf(string mode) => StrengthOf(mode) is var strength and >= 0
        ? [.. Modes.Skip(Weakest[strength]).Where(other => mode != Share || other != Share)]
        : [];
}
