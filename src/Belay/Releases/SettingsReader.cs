using Belay.Adoption;
using Belay.Backups;
using Belay.Migrations;
using Belay.Migrators;
using Belay.Monitoring;
using Belay.Notices;
using Belay.Postgres.Tokens;
using Belay.Preflight;
using Belay.Recovery;
using Belay.Rehearsal;
using Belay.Retention;
using Belay.Risks;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage.Kinds;
using Belay.Watching;
using Belay.Storage;

namespace Belay.Releases;

/// <summary>Turns a run's texts into validated settings.</summary>
internal static class SettingsReader
{
    private const string FolderHint = "run Belay from the project's folder, or name the folder with the migrations: --migrations <folder>";

    /// <summary>Reads the settings. Parameters come before variables of the environment.</summary>
    /// <param name="required">The parts that must be there and right; the others are not looked at.</param>
    /// <param name="makesMigration">What makes a first migration, as a command; null where no command does.</param>
    /// <exception cref="SettingsException">Lists every fault, each in one line.</exception>
    public static ReleaseSettings Read(SettingsInput input, SettingParts required, string? makesMigration = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var faults = new SettingsFaults();
        SecretVariables.Remember(input.Environment);
        SecretParameters.Refuse(input, faults);
        var settings = new ReleaseSettings
        {
            Database = Needs(required, input) ? faults.Collect(() => ReadDatabase(input, faults)) : null,
            Store = NeedsStore(required, input) ? faults.Collect(() => ReadStore(input)) : null,
            Migrations = ReadMigrations(input, faults),
            Backup = ReadBackup(input, faults),
            Retention = ReadRetention(input, faults),
            History = HistoryReader.Read(input, required, faults),
            Smoke = SmokeReader.Read(input, NeedsSmoke(required, input), faults),
            Migrator = MigratorReader.Read(input, faults),
            Drift = input.Read(PreflightParameters.Drift, faults),
            Rehearsal = RehearsalSettings.Read(input, faults),
            Risks = RiskSettings.Read(input, faults),
            OnFailure = input.Read(RecoveryParameters.OnFailure, faults),
            EndsSessions = input.Read(RecoveryParameters.EndSessions, faults),
            Watch = WatchSettings.Read(input, faults),
            Webhooks = Webhook.Read(input, required.HasFlag(SettingParts.Told) ? faults : new SettingsFaults()),
            MetricsFile = ReadMetricsFile(input, faults),
            DryRun = input.Read(MigrationParameters.DryRun, new SettingsFaults()),
        };
        if (required.HasFlag(SettingParts.Migrations) && settings.Migrator is null)
        {
            DemandMigrations(
                settings.Migrations.Folder,
                makesMigration is null ? FolderHint : $"{makesMigration} makes a first one; {FolderHint}",
                faults);
        }

        RehearsalRules.Demand(settings, input, required, faults);
        faults.ThrowIfAny();
        return settings;
    }

    private static bool Needs(SettingParts required, SettingsInput input)
        => required.HasFlag(SettingParts.Database)
            || (required.HasFlag(SettingParts.DatabaseIfSet) && input.Text(PreflightParameters.DatabaseUrl) is not null);

    private static bool NeedsStore(SettingParts required, SettingsInput input)
        => required.HasFlag(SettingParts.Store)
            || (required.HasFlag(SettingParts.StoreOfRehearsal) && input.Read(RehearsalParameters.Rehearse, new SettingsFaults()))
            || (required.HasFlag(SettingParts.StoreIfSet)
                && (input.Text(StoreParameters.BackupStore) ?? input.Text(StoreParameters.AzureStorageConnectionString)) is not null);

    private static bool NeedsSmoke(SettingParts required, SettingsInput input)
        => required.HasFlag(SettingParts.Smoke)
            || ((input.Text(SmokeParameters.SmokeUrl) ?? input.Text(SmokeParameters.SmokeFile)) is not null
                && (required.HasFlag(SettingParts.SmokeIfSet)
                    || (required.HasFlag(SettingParts.SmokeOfCommand) && input.Text(RehearsalParameters.SmokeCommand) is not null)));

    private static DatabaseTarget ReadDatabase(SettingsInput input, SettingsFaults faults)
    {
        var authentication = input.Read(PreflightParameters.DatabaseAuth, faults);
        var address = input.Text(PreflightParameters.DatabaseUrl)
            ?? throw DatabaseUrlFaults.Fault("DATABASE_URL environment variable not set");
        return TokenAuthentication.Apply(
            DatabaseUrl.Parse(address) with { Address = new Secret(address) },
            authentication,
            PreflightParameters.DatabaseAuth.Option,
            input);
    }

    private static string? ReadMetricsFile(SettingsInput input, SettingsFaults faults)
    {
        if (input.Text(MonitoringParameters.MetricsFile) is not { } text)
        {
            return null;
        }

        var path = Path.GetFullPath(text, input.RootFolder);
        if (MetricsFile.FaultOf(path) is { } fault)
        {
            faults.Add(
                $"--metrics-file is \"{text}\": {fault}",
                "name a file in the collector's folder: --metrics-file /var/lib/node_exporter/textfile/belay.prom");
        }

        return path;
    }

    private static StoreLocation ReadStore(SettingsInput input)
    {
        var address = input.Text(StoreParameters.BackupStore) ?? input.Text(StoreParameters.AzureStorageConnectionString);
        var location = StoreUrl.Parse(address ?? throw StoreAddress.Fault("BACKUP_STORE environment variable not set"), new StoreOptions
        {
            Container = input.Text(StoreParameters.BackupContainer),
            Prefix = input.Text(StoreParameters.BackupPrefix),
            Variable = input.Variable,
        });
        return StoreProtection.Apply(location, input, input.Read(BackupParameters.Immutable, new SettingsFaults()));
    }

    private static MigrationSettings ReadMigrations(SettingsInput input, SettingsFaults faults)
    {
        var folder = input.Text(MigrationParameters.Migrations)?.Trim() is { Length: > 0 } given
            ? given
            : MigrationParameters.Migrations.Default!;
        return new MigrationSettings
        {
            Folder = Path.GetFullPath(folder, input.RootFolder),
            Layout = input.Read(MigrationParameters.Layout, faults),
            LockTimeout = input.Read(MigrationParameters.LockTimeout, faults),
            ConcurrentLockTimeout = input.Read(MigrationParameters.ConcurrentLockTimeout, faults),
            LockBudget = input.Read(MigrationParameters.LockBudget, faults),
            StatementTimeout = input.Read(MigrationParameters.StatementTimeout, faults),
            RunnerWait = input.Read(MigrationParameters.RunnerWait, faults),
            MaximumVictims = input.Read(MigrationParameters.MaxVictims, faults),
            TargetVersion = input.Read(MigrationParameters.TargetVersion, faults),
            RequireChecks = input.Read(MigrationParameters.RequireChecks, faults),
            AllowOutOfOrder = input.Read(MigrationParameters.AllowOutOfOrder, faults),
        };
    }

    private static BackupSettings ReadBackup(SettingsInput input, SettingsFaults faults) => new()
    {
        RequiredLevel = input.Read(BackupParameters.RequiredLevel, faults),
        MaximumAge = input.Read(BackupParameters.MaxBackupAge, faults),
        LockWait = input.Read(BackupParameters.BackupLockWait, faults),
        Compression = input.Read(BackupParameters.Compression, faults),
        Parallel = input.Read(BackupParameters.Parallel, faults),
        Retention = input.Read(RetentionParameters.RetentionDays, faults),
        Immutable = input.Read(BackupParameters.Immutable, faults),
        MaximumAgeForStatus = input.Read(BackupParameters.MaxAge, faults),
        RowCountLimit = input.Read(BackupParameters.RowCountLimit, faults),
    };

    private static RetentionSettings ReadRetention(SettingsInput input, SettingsFaults faults) => new()
    {
        // A fault of the days is reported with the backup's settings.
        KeepFor = input.Read(RetentionParameters.RetentionDays, new SettingsFaults()),
        KeepLast = input.Read(RetentionParameters.KeepLast, faults),
        KeepWeekly = input.Read(RetentionParameters.KeepWeekly, faults),
        KeepMonthly = input.Read(RetentionParameters.KeepMonthly, faults),
        DryRun = input.Read(MigrationParameters.DryRun, faults),
        TrustSurvivors = input.Read(RetentionParameters.TrustSurvivors, faults),
    };

    private static void DemandMigrations(string folder, string hint, SettingsFaults faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add($"Migration file not found: there is no folder {folder}", hint);
        }
        else if (!Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Any(IsScript))
        {
            faults.Add($"Migration file not found: there is no NNNN_name.sql in {folder}", hint);
        }
    }

    private static bool IsScript(string path)
        => !path.EndsWith(".verify.sql", StringComparison.Ordinal) && !path.EndsWith(".rollback.sql", StringComparison.Ordinal);
}
