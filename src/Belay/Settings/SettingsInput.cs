namespace Belay.Settings;

/// <summary>What a run was told, as text: parameters from command line and parameters file, and the environment.</summary>
/// <remarks>A value is null when it was not given. All are text so that a bad one is Belay's own fault to report, with all others.</remarks>
public sealed record SettingsInput
{
    /// <summary>The folder that relative paths start from.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The environment's variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The migrations folder.</summary>
    public string? Migrations { get; init; }

    /// <summary>The layout of the migrations folder.</summary>
    public string? Layout { get; init; }

    /// <summary>The backup store, without a secret.</summary>
    public string? BackupStore { get; init; }

    /// <summary>The prefix below which backups are written.</summary>
    public string? BackupPrefix { get; init; }

    /// <summary>How many days backups are kept.</summary>
    public string? RetentionDays { get; init; }

    /// <summary>How old the proven backup may be when a migration starts.</summary>
    public string? MaxBackupAge { get; init; }

    /// <summary>transport, readback or restored.</summary>
    public string? ProofLevel { get; init; }

    /// <summary>zstd, gzip, native or none, with <c>:level</c>.</summary>
    public string? Compression { get; init; }

    /// <summary>How many workers pg_dump has.</summary>
    public string? Parallel { get; init; }

    /// <summary>How long pg_dump waits for table locks.</summary>
    public string? BackupLockWait { get; init; }

    /// <summary>The longest wait for one lock, per attempt.</summary>
    public string? LockTimeout { get; init; }

    /// <summary>The longest wait of CREATE INDEX CONCURRENTLY and the like.</summary>
    public string? ConcurrentLockTimeout { get; init; }

    /// <summary>The total time to spend on retries for locks.</summary>
    public string? LockBudget { get; init; }

    /// <summary>The longest run of one statement.</summary>
    public string? StatementTimeout { get; init; }

    /// <summary>How long to wait for another runner.</summary>
    public string? RunnerWait { get; init; }

    /// <summary>How many sessions may wait behind an attempt.</summary>
    public string? MaxVictims { get; init; }

    /// <summary>Migrations after this version stay pending.</summary>
    public string? TargetVersion { get; init; }

    /// <summary>true or false.</summary>
    public string? AllowOutOfOrder { get; init; }

    /// <summary>true or false.</summary>
    public string? RequireChecks { get; init; }

    /// <summary>The command of another migration tool.</summary>
    public string? Migrator { get; init; }

    /// <summary>Its longest run.</summary>
    public string? MigratorTimeout { get; init; }

    /// <summary>refuse, warn or ignore.</summary>
    public string? Drift { get; init; }

    /// <summary>true or false.</summary>
    public string? DryRun { get; init; }

    /// <summary>The login endpoint.</summary>
    public string? SmokeUrl { get; init; }

    /// <summary>The JSON field that holds the token.</summary>
    public string? SmokeTokenField { get; init; }

    /// <summary>How long to go on trying the login.</summary>
    public string? SmokeDeadline { get; init; }

    /// <summary>The number of one migration.</summary>
    public string? Version { get; init; }

    /// <summary>The tool whose history to adopt.</summary>
    public string? From { get; init; }

    /// <summary>Why something is done.</summary>
    public string? Reason { get; init; }

    /// <summary>How many of the newest backups stay besides.</summary>
    public string? KeepLast { get; init; }

    /// <summary>How many weekly backups stay besides.</summary>
    public string? KeepWeekly { get; init; }

    /// <summary>How many monthly backups stay besides.</summary>
    public string? KeepMonthly { get; init; }

    /// <summary>The database size above which rows are not counted.</summary>
    public string? RowCountLimit { get; init; }

    /// <summary>true or false.</summary>
    public string? Immutable { get; init; }

    /// <summary>true or false.</summary>
    public string? TrustSurvivors { get; init; }

    /// <summary>The database whose backups are meant.</summary>
    public string? Database { get; init; }

    /// <summary>Every parameter given, as <c>--name</c> and value.</summary>
    internal IEnumerable<(string Name, string Value)> Parameters() =>
        from parameter in new (string Name, string? Value)[]
        {
            ("--migrations", Migrations), ("--layout", Layout), ("--backup-store", BackupStore), ("--backup-prefix", BackupPrefix), ("--retention-days", RetentionDays),
            ("--max-backup-age", MaxBackupAge), ("--proof-level", ProofLevel), ("--compression", Compression), ("--parallel", Parallel), ("--backup-lock-wait", BackupLockWait),
            ("--lock-timeout", LockTimeout), ("--concurrent-lock-timeout", ConcurrentLockTimeout), ("--lock-budget", LockBudget), ("--statement-timeout", StatementTimeout), ("--runner-wait", RunnerWait),
            ("--max-victims", MaxVictims), ("--target-version", TargetVersion), ("--allow-out-of-order", AllowOutOfOrder), ("--require-checks", RequireChecks), ("--dry-run", DryRun),
            ("--smoke-url", SmokeUrl), ("--smoke-token-field", SmokeTokenField), ("--smoke-deadline", SmokeDeadline), ("--keep-last", KeepLast),
            ("--keep-weekly", KeepWeekly), ("--keep-monthly", KeepMonthly), ("--row-count-limit", RowCountLimit), ("--immutable", Immutable), ("--trust-survivors", TrustSurvivors), ("--database", Database),
            ("--version", Version), ("--reason", Reason), ("--from", From), ("--drift", Drift),
            ("--migrator", Migrator), ("--migrator-timeout", MigratorTimeout),
        }
        where parameter.Value is not null
        select (parameter.Name, parameter.Value);

    /// <summary>A variable's value; null when it is unset or empty.</summary>
    /// <param name="name">The variable's name.</param>
    internal string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;
}
