namespace Belay;

/// <summary>The exit codes of a run. A code is never given a second meaning.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A failure that nobody foresaw.</summary>
    public const int Unexpected = 1;

    /// <summary>Usage: a parameter, target or setting is wrong; nothing was touched.</summary>
    public const int Usage = 2;

    /// <summary>Preflight refused; nothing was touched.</summary>
    public const int PreflightRefused = 3;

    /// <summary>Taking, proving or cleaning up a backup failed.</summary>
    public const int BackupFailed = 4;

    /// <summary>The gate refused: there is no proven backup.</summary>
    public const int GateRefused = 5;

    /// <summary>A migration failed and was rolled back: the database is as before it.</summary>
    public const int MigrationRolledBack = 6;

    /// <summary>A migration stopped part-way or its outcome is unknown: the message says where it stands.</summary>
    public const int MigrationPartWay = 7;

    /// <summary>Verification failed.</summary>
    public const int VerificationFailed = 8;

    /// <summary>The smoke test failed.</summary>
    public const int SmokeTestFailed = 9;

    /// <summary>A restore or rollback failed.</summary>
    public const int RecoveryFailed = 10;

    /// <summary>A rehearsal on a copy failed or went over a budget; the database was not touched.</summary>
    public const int RehearsalRefused = 11;

    /// <summary>The stored records of a database are not whole: one was changed, left out or put elsewhere, or is not signed.</summary>
    public const int RecordsNotWhole = 12;

    /// <summary>Cancelled by SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>Cancelled by SIGINT (Ctrl+C).</summary>
    public const int Interrupted = 130;

    /// <summary>Cancelled by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>What each code of a release means, in the order of their numbers.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"),
        (Unexpected, "a failure that nobody foresaw: a fault of Belay; `Status` shows where the database stands"),
        (Usage, "usage: a parameter, target or setting is wrong; nothing was touched"),
        (PreflightRefused, "preflight refused, or a change of the history was; nothing was touched"),
        (BackupFailed, "a backup could not be taken, proven, fetched or cleaned up"),
        (GateRefused, "the gate refused: no proven backup; the database was not touched"),
        (MigrationRolledBack, "a migration failed and was rolled back: the database is as before it"),
        (MigrationPartWay, "a migration stopped part-way, or its outcome is not known: the message says where it stands"),
        (VerificationFailed, "verification failed"),
        (SmokeTestFailed, "the smoke test failed"),
        (RecoveryFailed, "a rollback or restore failed"),
        (RehearsalRefused, "a rehearsal failed or went over a budget; the database was not touched"),
        (RecordsNotWhole, "the stored records are not whole: one was changed, left out or put elsewhere, or is not signed"),
        (HungUp, "cancelled by SIGHUP: the terminal was lost"),
        (Interrupted, "cancelled by SIGINT (Ctrl+C)"),
        (Terminated, "cancelled by SIGTERM"),
    ];
}
