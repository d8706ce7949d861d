using System.Text.RegularExpressions;
using Belay.Settings;

namespace Belay.Backups.Taking;

/// <summary>Turns a failed pg_dump into a message that says what to do.</summary>
internal static partial class DumpFaults
{
    private const string TooFewConnections =
        "A backup has two connections, one with --parallel N has N + 2: make N smaller, or free connections (max_connections, CONNECTION "
            + "LIMIT).";

    private static readonly (string Sign, string Hint)[] Hints =
    [
        ("server version mismatch", "Install the PostgreSQL client of the server's version, or set PG_BIN to the folder that has it."),
        ("row-level security", "Back up as a role that may read every row: ALTER ROLE … BYPASSRLS, or the tables' owner."),
        (
            "permission denied",
            "Grant the role what a dump reads: GRANT pg_read_all_data TO … (PostgreSQL 14+), or SELECT on the tables and sequences."),
        (
            "could not obtain lock on relation",
            "Another session asked for an exclusive lock while the workers began; a parallel dump does not wait for it. Run it again when "
                + "no DDL runs, or without --parallel."),
        ("too many clients", TooFewConnections),
        ("remaining connection slots", TooFewConnections),
        ("too many connections for", TooFewConnections),
        (
            "canceling statement due to",
            "Another session holds a table's lock. Look for it in pg_stat_activity, or wait longer: "
                + "./build.sh Backup --backup-lock-wait 5min"),
        ("could not connect", "./build.sh Preflight"),
    ];

    /// <summary>Large objects have owners and privileges of their own, which pg_read_all_data does not cover.</summary>
    private static string? OfLargeObject(DatabaseTarget target, ProgramOutcome outcome)
        => LargeObject().Match(outcome.Errors) is { Success: true } match
            ? $"As its owner or a superuser: GRANT SELECT ON LARGE OBJECT {match.Groups[1].Value} TO {SqlName.Quote(target.Username)}; "
                + "SELECT oid, lomowner::regrole FROM pg_largeobject_metadata lists the others. Or back up as a superuser."
            : null;

    [GeneratedRegex("permission denied for large object ([0-9]+)")]
    private static partial Regex LargeObject();

    public static BackupException Failed(string program, DatabaseTarget target, ProgramOutcome outcome)
        => new(
            $"{program} of {target.DisplayName} {outcome.Describe()}\nNothing was stored.",
            OfLargeObject(target, outcome)
                ?? Hints.FirstOrDefault(hint => outcome.Errors.Contains(hint.Sign, StringComparison.Ordinal)).Hint
                ?? "./build.sh Preflight");
}
