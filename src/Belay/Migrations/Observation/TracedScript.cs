namespace Belay.Migrations.Observation;

/// <summary>One script that a run sent to the server: a migration, or what takes one back.</summary>
internal sealed record TracedScript
{
    /// <summary>The script's file name.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether it came to its end, its checks and its row of the history included.</summary>
    public bool Completed { get; init; }

    /// <summary>When it began, by this machine's clock; null in older records.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>How long it ran, its attempts and pauses together.</summary>
    public double Seconds { get; init; }

    /// <summary>How often it was begun: more than once where its locks were not to be had.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The statements of its last attempt, in order.</summary>
    public IReadOnlyList<TracedStatement> Statements { get; init; } = [];

    /// <summary>How many more statements there were.</summary>
    public int StatementsLeftOut { get; init; }

    /// <summary>For whom it waited for a lock, and what came of that, a line each.</summary>
    public IReadOnlyList<string> LockWaits { get; init; } = [];
}
