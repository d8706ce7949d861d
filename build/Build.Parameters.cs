using Belay.Settings;
using Nuke.Common;

sealed partial class Build
{
    // Every value is text here and read by SettingsReader, so that a bad one is refused with the others, before anything runs,
    // under the genuine engine too, which goes on with the default instead.
    [Parameter("Folder with the migrations (default: migrations)")] readonly string Migrations;
    [Parameter("Layout of the migrations: auto, belay, golang-migrate, flyway, dbmate, goose, sqitch or plain (default: auto)")] readonly string Layout;
    [Parameter("Backup store without a secret: https://account.blob.core.windows.net/container, file:///path")] readonly string BackupStore;
    [Parameter("Prefix below which backups are written")] readonly string BackupPrefix;
    [Parameter("How old the proven backup may be when a migration starts (default: 60min)")] readonly string MaxBackupAge;
    [Parameter("transport, readback or restored (default: readback)")] readonly string ProofLevel;
    [Parameter("zstd, gzip, native, native:zstd or none, with :level (default: zstd:1)")] readonly string Compression;
    [Parameter("How many workers pg_dump has (default: 1)")] readonly string Parallel;
    [Parameter("How long pg_dump waits for table locks (default: 30s)")] readonly string BackupLockWait;
    [Parameter("Databases above this size get no exact row counts (default: 100GiB)")] readonly string RowCountLimit;
    [Parameter("Has the store refuse to delete the dump until its keepUntil, or fails; Azure only")] readonly bool Immutable;
    [Parameter("How many days backups are kept (default: 7)")] readonly string RetentionDays;
    [Parameter("Keeps at least this many of the newest backups besides")] readonly string KeepLast;
    [Parameter("Keeps the newest backup of each of this many weeks besides")] readonly string KeepWeekly;
    [Parameter("Keeps the newest backup of each of this many months besides")] readonly string KeepMonthly;
    [Parameter("Longest wait for one lock, per attempt (default: 3s)")] readonly string LockTimeout;
    [Parameter("Longest wait of CREATE INDEX CONCURRENTLY and the like (default: 10min)")] readonly string ConcurrentLockTimeout;
    [Parameter("Total time to spend on retries for locks (default: 5min)")] readonly string LockBudget;
    [Parameter("Sessions that may wait behind us before an attempt gives up its place (default: 10)")] readonly string MaxVictims;
    [Parameter("Longest run of one statement of a migration (default: 15min)")] readonly string StatementTimeout;
    [Parameter("How long to wait for another runner (default: 5min)")] readonly string RunnerWait;
    [Parameter("Leaves migrations after this version pending")] readonly string TargetVersion;
    [Parameter("Runs migrations that sort before an applied one")] readonly bool AllowOutOfOrder;
    [Parameter("Refuses a migration without a check that expects something, and a verification that verifies nothing")] readonly bool RequireChecks;
    [Parameter("Another migration tool's command, run in place of our runner behind backup and gate")] readonly string Migrator;
    [Parameter("Longest run of the migrator (default: 30min)")] readonly string MigratorTimeout;
    [Parameter("refuse, warn or ignore when the schema is not as the last release left it (default: warn)")] readonly string Drift;
    [Parameter("Login endpoint, also SMOKE_URL")] readonly string SmokeUrl;
    [Parameter("JSON field with the token (default: the usual names)")] readonly string SmokeTokenField;
    [Parameter("How long to go on trying the login (default: 60s)")] readonly string SmokeDeadline;
    [Parameter("A backup's id, or latest", Name = "Backup")] readonly string BackupId;
    [Parameter("Folder that FetchBackup writes into")] readonly string To;
    [Parameter("Why a backup is put on hold, or why the history is changed")] readonly string Reason;
    [Parameter("The database's name, to confirm a rollback")] readonly string Confirm;
    [Parameter("Benchmark suite: backup, history or logins-under-migration")] readonly string Suite;
    [Parameter("Migrate, Rollback: runs all in a transaction that is rolled back; others: lists what would be done")] readonly bool DryRun;
    [Parameter("Benchmark database size (default: 1GB)")] readonly string Size;
    [Parameter("Users of the benchmark logins-under-migration (default: 2000000)")] readonly string Users;
    [Parameter("How often each tool of a benchmark runs (default: 3; logins-under-migration: 1)")] readonly string Rounds;
    [Parameter("Rows of the benchmark backup that run, for example e,f,zstd:1 (default: all)")] readonly string Only;
    [Parameter("Folder of migrations, or of such folders, for the suite history")] readonly string Histories;

    SettingsInput SettingsInput => new()
    {
        RootFolder = RootDirectory,
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
        Immutable = Immutable ? "true" : null,
        RetentionDays = RetentionDays,
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
        AllowOutOfOrder = AllowOutOfOrder ? "true" : null,
        RequireChecks = RequireChecks ? "true" : null,
        Drift = Drift,
        Migrator = Migrator,
        MigratorTimeout = MigratorTimeout,
        SmokeUrl = SmokeUrl,
        SmokeTokenField = SmokeTokenField,
        SmokeDeadline = SmokeDeadline,
        DryRun = DryRun ? "true" : null,
        Version = MigrationVersion,
        Reason = Reason,
        From = From,
    };
}
