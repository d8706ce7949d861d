using Belay.Settings;

sealed partial class Build
{
    // Every value is text here and read by its declaration, so that a bad one is refused with the others, before anything runs.
    [Given("migrations")] readonly string? Migrations;
    [Given("layout")] readonly string? Layout;
    [Given("backup-store")] readonly string? BackupStore;
    [Given("backup-prefix")] readonly string? BackupPrefix;
    [Given("max-backup-age")] readonly string? MaxBackupAge;
    [Given("proof-level")] readonly string? ProofLevel;
    [Given("compression")] readonly string? Compression;
    [Given("parallel")] readonly string? Parallel;
    [Given("backup-lock-wait")] readonly string? BackupLockWait;
    [Given("row-count-limit")] readonly string? RowCountLimit;
    [Given("immutable")] readonly string? Immutable;
    [Given("retention-days")] readonly string? RetentionDays;
    [Given("trust-survivors")] readonly string? TrustSurvivors;
    [Given("keep-last")] readonly string? KeepLast;
    [Given("keep-weekly")] readonly string? KeepWeekly;
    [Given("keep-monthly")] readonly string? KeepMonthly;
    [Given("lock-timeout")] readonly string? LockTimeout;
    [Given("concurrent-lock-timeout")] readonly string? ConcurrentLockTimeout;
    [Given("lock-budget")] readonly string? LockBudget;
    [Given("max-victims")] readonly string? MaxVictims;
    [Given("statement-timeout")] readonly string? StatementTimeout;
    [Given("runner-wait")] readonly string? RunnerWait;
    [Given("target-version")] readonly string? TargetVersion;
    [Given("allow-out-of-order")] readonly string? AllowOutOfOrder;
    [Given("require-checks")] readonly string? RequireChecks;
    [Given("migrator")] readonly string? Migrator;
    [Given("migrator-timeout")] readonly string? MigratorTimeout;
    [Given("drift")] readonly string? Drift;
    [Given("smoke-url")] readonly string? SmokeUrl;
    [Given("smoke-token-field")] readonly string? SmokeTokenField;
    [Given("smoke-deadline")] readonly string? SmokeDeadline;
    [Given("backup")] readonly string? BackupId;
    [Given("database")] readonly string? Database;
    [Given("to")] readonly string? To;
    [Given("reason")] readonly string? Reason;
    [Given("confirm")] readonly string? Confirm;
    [Given("suite")] readonly string? Suite;
    [Given("dry-run")] readonly string? DryRun;
    [Given("size")] readonly string? Size;
    [Given("users")] readonly string? Users;
    [Given("rounds")] readonly string? Rounds;
    [Given("only")] readonly string? Only;
    [Given("histories")] readonly string? Histories;

    SettingsInput SettingsInput => new()
    {
        RootFolder = Root,
        Environment = EnvironmentVariables.Read(),
        Migrations = Migrations,
        Layout = Layout,
        BackupStore = BackupStore,
        BackupPrefix = BackupPrefix,
        MaxBackupAge = MaxBackupAge,
        ProofLevel = ProofLevel,
        Compression = Compression,
        Parallel = Parallel,
        BackupLockWait = BackupLockWait,
        RowCountLimit = RowCountLimit,
        Immutable = Immutable,
        RetentionDays = RetentionDays,
        TrustSurvivors = TrustSurvivors,
        Database = Database,
        KeepLast = KeepLast,
        KeepWeekly = KeepWeekly,
        KeepMonthly = KeepMonthly,
        LockTimeout = LockTimeout,
        ConcurrentLockTimeout = ConcurrentLockTimeout,
        LockBudget = LockBudget,
        MaxVictims = MaxVictims,
        StatementTimeout = StatementTimeout,
        RunnerWait = RunnerWait,
        TargetVersion = TargetVersion,
        AllowOutOfOrder = AllowOutOfOrder,
        RequireChecks = RequireChecks,
        Drift = Drift,
        Migrator = Migrator,
        MigratorTimeout = MigratorTimeout,
        SmokeUrl = SmokeUrl,
        SmokeTokenField = SmokeTokenField,
        SmokeDeadline = SmokeDeadline,
        DryRun = DryRun,
        Version = MigrationVersion,
        Reason = Reason,
        From = From,
    };
}
