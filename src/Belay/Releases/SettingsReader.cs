using Belay.Adoption;
using Belay.Backups;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Migrators;
using Belay.Retention;
using Belay.Schema;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Sql;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.Releases;

/// <summary>Turns a run's texts into validated settings.</summary>
public static class SettingsReader
{
    private const string FolderHint = "run Belay from the project's folder, or name the folder with the migrations: --migrations <folder>";

    /// <summary>Reads the settings. Parameters come before variables of the environment.</summary>
    /// <param name="input">The run's texts.</param>
    /// <param name="required">The parts that must be there and right; the others are not looked at.</param>
    /// <exception cref="SettingsException">Lists every fault, each in one line.</exception>
    public static ReleaseSettings Read(SettingsInput input, SettingParts required)
    {
        ArgumentNullException.ThrowIfNull(input);
        var faults = new SettingsFaults();
        SecretVariables.Remember(input.Environment);
        SecretParameters.Refuse(input, faults);
        var settings = new ReleaseSettings
        {
            Database = Needs(required, input) ? faults.Collect(() => ReadDatabase(input)) : null,
            Store = required.HasFlag(SettingParts.Store) ? faults.Collect(() => ReadStore(input)) : null,
            Migrations = ReadMigrations(input, faults),
            Backup = ReadBackup(input, faults),
            Retention = ReadRetention(input, faults),
            History = HistoryReader.Read(input, required, faults),
            Smoke = SmokeReader.Read(input, required.HasFlag(SettingParts.Smoke), faults),
            Migrator = MigratorReader.Read(input, faults),
            Drift = new ParameterReader(faults).Choice("--drift", input.Drift, DriftPolicy.Warn),
            DryRun = new ParameterReader(new SettingsFaults()).Switch("--dry-run", input.DryRun),
        };
        if (required.HasFlag(SettingParts.Migrations) && settings.Migrator is null)
        {
            DemandMigrations(settings.Migrations.Folder, faults);
        }

        faults.ThrowIfAny();
        return settings;
    }

    private static bool Needs(SettingParts required, SettingsInput input)
        => required.HasFlag(SettingParts.Database) || (required.HasFlag(SettingParts.DatabaseIfSet) && input.Variable("DATABASE_URL") is not null);

    private static DatabaseTarget ReadDatabase(SettingsInput input)
    {
        var address = input.Variable("DATABASE_URL") ?? throw DatabaseUrlFaults.Fault("DATABASE_URL environment variable not set");
        return DatabaseUrl.Parse(address) with { Address = new Secret(address) };
    }

    private static StoreLocation ReadStore(SettingsInput input)
    {
        var address = input.BackupStore ?? input.Variable("BACKUP_STORE") ?? input.Variable("AZURE_STORAGE_CONNECTION_STRING");
        var location = StoreUrl.Parse(address ?? throw StoreAddress.Fault("BACKUP_STORE environment variable not set"), new StoreOptions
        {
            Container = input.Variable("BACKUP_CONTAINER"),
            Prefix = input.BackupPrefix ?? input.Variable("BACKUP_PREFIX"),
            Variable = input.Variable,
        });
        return StoreProtection.Apply(location, input);
    }

    private static MigrationSettings ReadMigrations(SettingsInput input, SettingsFaults faults)
    {
        var read = new ParameterReader(faults);
        var standard = new MigrationSettings { Folder = Path.GetFullPath(input.Migrations?.Trim() is { Length: > 0 } folder ? folder : "migrations", input.RootFolder) };
        var least = TimeSpan.FromMilliseconds(1);
        return standard with
        {
            Layout = read.Word("--layout", input.Layout, MigrationFolder.LayoutNames),
            LockTimeout = read.Duration("--lock-timeout", input.LockTimeout, standard.LockTimeout, least),
            ConcurrentLockTimeout = read.Duration("--concurrent-lock-timeout", input.ConcurrentLockTimeout, standard.ConcurrentLockTimeout, least),
            LockBudget = read.Duration("--lock-budget", input.LockBudget, standard.LockBudget, TimeSpan.Zero),
            StatementTimeout = read.Duration("--statement-timeout", input.StatementTimeout, standard.StatementTimeout, least),
            RunnerWait = read.Duration("--runner-wait", input.RunnerWait, standard.RunnerWait, TimeSpan.Zero),
            MaximumVictims = read.Number("--max-victims", input.MaxVictims, standard.MaximumVictims, 0),
            TargetVersion = read.Version("--target-version", input.TargetVersion),
            RequireChecks = read.Switch("--require-checks", input.RequireChecks),
            AllowOutOfOrder = read.Switch("--allow-out-of-order", input.AllowOutOfOrder),
        };
    }

    private static BackupSettings ReadBackup(SettingsInput input, SettingsFaults faults)
    {
        var read = new ParameterReader(faults);
        var standard = new BackupSettings();
        var least = TimeSpan.FromMilliseconds(1);
        return standard with
        {
            RequiredLevel = read.Level("--proof-level", input.ProofLevel, standard.RequiredLevel),
            MaximumAge = read.Duration("--max-backup-age", input.MaxBackupAge, standard.MaximumAge, least),
            LockWait = read.Duration("--backup-lock-wait", input.BackupLockWait, standard.LockWait, least),
            Compression = read.Codec("--compression", input.Compression),
            Parallel = (int)(read.LongNumber("--parallel", input.Parallel, 1, 64) ?? standard.Parallel),
            Retention = read.Days("--retention-days", input.RetentionDays, standard.Retention),
            Immutable = read.Switch("--immutable", input.Immutable),
            RowCountLimit = read.Size("--row-count-limit", input.RowCountLimit, standard.RowCountLimit),
        };
    }

    private static RetentionSettings ReadRetention(SettingsInput input, SettingsFaults faults)
    {
        var read = new ParameterReader(faults);
        return new RetentionSettings
        {
            // A fault of the days is reported with the backup's settings.
            KeepFor = new ParameterReader(new SettingsFaults()).Days("--retention-days", input.RetentionDays, new RetentionSettings().KeepFor),
            KeepLast = read.Number("--keep-last", input.KeepLast, 0, 0),
            KeepWeekly = read.Number("--keep-weekly", input.KeepWeekly, 0, 0),
            KeepMonthly = read.Number("--keep-monthly", input.KeepMonthly, 0, 0),
            DryRun = read.Switch("--dry-run", input.DryRun),
            TrustSurvivors = read.Switch("--trust-survivors", input.TrustSurvivors),
        };
    }

    private static void DemandMigrations(string folder, SettingsFaults faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add($"Migration file not found: there is no folder {folder}", FolderHint);
        }
        else if (!Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Any(IsScript))
        {
            faults.Add($"Migration file not found: there is no NNNN_name.sql in {folder}", FolderHint);
        }
    }

    private static bool IsScript(string path)
        => !path.EndsWith(".verify.sql", StringComparison.Ordinal) && !path.EndsWith(".rollback.sql", StringComparison.Ordinal);
}
