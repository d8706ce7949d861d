namespace Belay.Reporting.Facts;

/// <summary>What was seen while a release was watched.</summary>
internal sealed record ReleaseWatch
{
    /// <summary>For how long, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many logins were tried.</summary>
    public required int Logins { get; init; }

    /// <summary>How many of them failed.</summary>
    public required int LoginsFailed { get; init; }

    /// <summary>When and how a login first failed; null when none did.</summary>
    public string? FirstLoginFailure { get; init; }

    /// <summary>How often the checks were run.</summary>
    public required int Checks { get; init; }

    /// <summary>How often one of them failed.</summary>
    public required int ChecksFailed { get; init; }

    /// <summary>When and which check first failed; null when none did.</summary>
    public string? FirstCheckFailure { get; init; }

    /// <summary>How often the database did not answer.</summary>
    public required int DatabaseFailures { get; init; }

    /// <summary>When and why it first did not; null when it always did.</summary>
    public string? FirstDatabaseFailure { get; init; }

    /// <summary>What the server counted, a line each, with the rate before the migration where somebody looked then.</summary>
    public IReadOnlyList<string> Activity { get; init; } = [];

    /// <summary>The errors of the server's log, a line each; empty when it was not read.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What became of statements that were prepared before the migration, a line each; empty when there were none.</summary>
    public IReadOnlyList<string> EarlierSession { get; init; } = [];

    /// <summary>What was not looked at, and why.</summary>
    public IReadOnlyList<string> NotLookedAt { get; init; } = [];

    /// <summary>In one line: <c>10 min 00 s: 41 logins, 11 runs of the checks</c>.</summary>
    public string Summary() => $"{Quantity.Duration(TimeSpan.FromSeconds(Seconds))}: {Count(Logins, LoginsFailed, "login", "logins")}, "
        + Count(Checks, ChecksFailed, "run of the checks", "runs of the checks");

    /// <summary>Everything, a line each.</summary>
    public IEnumerable<string> Lines() =>
    [
        $"Watched for {Summary()}",
        .. FirstLoginFailure is null ? Array.Empty<string>() : [$"First failed login: {FirstLoginFailure}"],
        .. FirstCheckFailure is null ? Array.Empty<string>() : [$"First failed check: {FirstCheckFailure}"],
        .. FirstDatabaseFailure is null
            ? Array.Empty<string>()
            : [$"The database did not answer {Quantity.Count(DatabaseFailures, "time")}, first at {FirstDatabaseFailure}"],
        .. Activity.Select(line => $"Database: {line}"),
        .. Errors.Select(line => $"Server's log: {line}"),
        .. EarlierSession.Select(line => $"A session from before the migration: {line}"),
        .. NotLookedAt.Select(line => $"Not looked at: {line}"),
    ];

    private static string Count(int tried, int failed, string one, string many)
        => tried == 0 ? $"no {many}" : $"{Quantity.Count(tried, one, many)}{(failed == 0 ? "" : $", of which {failed} failed")}";
}
