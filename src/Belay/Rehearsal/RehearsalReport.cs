using Belay.Migrations.Observation;
using Belay.Sql;

namespace Belay.Rehearsal;

/// <summary>What a rehearsal has shown.</summary>
internal sealed record RehearsalReport
{
    /// <summary>The backup that was restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>How long pg_restore took: what a restore of the whole database takes.</summary>
    public TimeSpan Restore { get; init; }

    /// <summary>Whether it was done on a server that others use: nobody measured the log there.</summary>
    public bool IsOnOtherServer { get; init; }

    /// <summary>The migrations that ran, in order.</summary>
    public IReadOnlyList<string> Migrations { get; init; } = [];

    /// <summary>The same as they were read.</summary>
    public IReadOnlyList<Migration> Files { get; init; } = [];

    /// <summary>The names of tables and views that another one has got.</summary>
    public IReadOnlySet<string> Refilled { get; init; } = new HashSet<string>();

    /// <summary>What their statements did.</summary>
    public IReadOnlyList<ObservedStatement> Statements { get; init; } = [];

    /// <summary>How long the migrations took together.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>By how many bytes the database grew; negative when it shrank.</summary>
    public long Growth { get; init; }

    /// <summary>The indexes that the migrations left invalid, as lines of the schema.</summary>
    public IReadOnlyList<string> Invalid { get; init; } = [];

    /// <summary>How many checks passed.</summary>
    public int Checks { get; init; }

    /// <summary>What became of the rollback scripts, a line each.</summary>
    public IReadOnlyList<string> Rollbacks { get; init; } = [];

    /// <summary>What came of the application on the copy; null when none was started.</summary>
    public string? Application { get; init; }

    /// <summary>Whether the rollback scripts of all of them ran and left the schema as it was before.</summary>
    public bool RollsBack { get; init; }

    /// <summary>Bytes of write-ahead log of all statements.</summary>
    public long Wal => Statements.Sum(statement => statement.Wal);

    /// <summary>The report in lines.</summary>
    public IReadOnlyList<string> Lines => Migrations.Count == 0
        ? [$"Nothing is pending after backup {BackupId}: there was nothing to rehearse", RestoreLine]
        :
        [
            .. Statements.Select(statement => statement.ToString()),
            $"{Quantity.Count(Migrations.Count, "migration")} in {Quantity.Duration(Duration)}, {Log}, "
                + $"{(Growth < 0 ? "-" : "")}{Quantity.Bytes(Math.Abs(Growth))} of disk; {Quantity.Count(Checks, "check")} passed",
            $"In production the migrations take about {Quantity.Duration(Duration)} too, if its machine is like this one and no session "
                + "holds what they lock",
            RestoreLine,
            .. IsOnOtherServer ? [Elsewhere] : Array.Empty<string>(),
            .. Invalid.Select(line => $"The migrations leave an index that is not valid: {line}"),
            .. Rollbacks,
            .. Application is null ? [] : new[] { Application },
        ];

    /// <summary>What others do on the server of SCRATCH_URL is in what was seen there.</summary>
    private const string Elsewhere = "The copy was on the server of SCRATCH_URL, as the role of that address: what its other users write "
        + "and wait for is in the times, and their log cannot be told from the migrations'";

    private string Log => IsOnOtherServer ? "write-ahead log not measured" : $"{Quantity.Bytes(Wal)} of write-ahead log";

    private string RestoreLine
        => $"A restore of the whole database takes {Quantity.Duration(Restore)} {(IsOnOtherServer ? "there" : "on this machine")}";
}
