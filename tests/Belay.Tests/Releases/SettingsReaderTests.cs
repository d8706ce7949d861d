using Belay.Backups;
using Belay.Migrations;
using Belay.Releases;
using Belay.Retention;
using Belay.Settings;
using Belay.Tests.Support;

namespace Belay.Tests.Releases;

public sealed class SettingsReaderTests : IDisposable
{
    private const SettingParts All = SettingParts.Database | SettingParts.Store | SettingParts.Smoke | SettingParts.Migrations;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-settings-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Reads_everything_a_release_needs()
    {
        AddMigration();

        var settings = SettingsReader.Read(Input(Complete()), All);

        Assert.Equal("db:5432/shop", settings.Database!.DisplayName);
        Assert.Equal("file:///mnt/backups", settings.Store!.DisplayName);
        Assert.Equal(
            ("https://api.example.com/login", "testuser", "testpass"),
            (settings.Smoke!.Url.AbsoluteUri, settings.Smoke.Username, settings.Smoke.Password.Reveal()));
        Assert.Equal(new MigrationSettings { Folder = Path.Combine(folder.FullName, "migrations") }, settings.Migrations);
        Assert.Equal(new BackupSettings(), settings.Backup);
        Assert.Equal(new RetentionSettings(), settings.Retention);
        Assert.False(settings.DryRun);
    }

    [Fact]
    public void Lists_what_speaks_against_a_token_with_every_other_fault()
    {
        var refusal = Assert.Throws<SettingsException>(() => SettingsReader.Read(
            Input(new() { ["DATABASE_URL"] = "postgresql://u:word-1@db/shop?sslmode=require" })
                .With(("database-auth", "entra"), ("keep-last", "many")),
            SettingParts.Database));

        Assert.Equal(
            [
                "DATABASE_URL has a password, which --database-auth would not use",
                "--keep-last is \"many\": it must be a whole number, 0 or more",
            ],
            refusal.Faults);
    }

    [Fact]
    public void Refuses_an_authentication_that_does_not_exist_also_where_the_address_is_missing()
        => Assert.Equal(
            ["DATABASE_URL environment variable not set", "--database-auth is \"iam\": it must be password, entra or aws-iam"],
            Assert.Throws<SettingsException>(() => SettingsReader.Read(Input([]).With(("database-auth", "iam")), SettingParts.Database))
                .Faults.Order(StringComparer.Ordinal).Reverse());

    [Fact]
    public void Refuses_what_another_tool_s_migration_would_not_heed()
        => Assert.Equal(
            [
                "--rehearse is set, and with --migrator nothing is rehearsed",
                "--risk refuse is set, and with --migrator no risks are looked for",
                "--plan-file is set, and with --migrator there is no plan",
            ],
            Assert.Throws<SettingsException>(() => SettingsReader.Read(
                Input([]).With(("migrator", "flyway migrate"), ("rehearse", "true"), ("risk", "refuse"), ("plan-file", "plan.json")),
                SettingParts.None)).Faults);

    [Fact]
    public void Reads_every_parameter()
    {
        var settings = SettingsReader.Read(
            Input([]).With(
                ("migrations", "/srv/migrations"), ("retention-days", "30"), ("max-backup-age", "2h"),
                ("proof-level", "restored"), ("compression", "zstd:9"), ("backup-lock-wait", "5s"), ("lock-timeout", "500ms"),
                ("concurrent-lock-timeout", "20min"), ("lock-budget", "1min"), ("statement-timeout", "1h"), ("runner-wait", "0s"),
                ("max-victims", "3"), ("target-version", "7"), ("allow-out-of-order", "true"), ("dry-run", "true"),
                ("keep-last", "5"), ("keep-weekly", "4"), ("keep-monthly", "12"), ("row-count-limit", "0")),
            SettingParts.None);

        Assert.Equal(
            new MigrationSettings
            {
                Folder = "/srv/migrations", LockTimeout = TimeSpan.FromMilliseconds(500), ConcurrentLockTimeout = TimeSpan.FromMinutes(20),
                LockBudget = TimeSpan.FromMinutes(1),
                StatementTimeout = TimeSpan.FromHours(1),
                RunnerWait = TimeSpan.Zero,
                MaximumVictims = 3,
                TargetVersion = 7,
                AllowOutOfOrder = true,
            },
            settings.Migrations);
        Assert.Equal(
            new BackupSettings
            {
                RequiredLevel = ProofLevel.Restored,
                MaximumAge = TimeSpan.FromHours(2),
                LockWait = TimeSpan.FromSeconds(5),
                Compression = "zstd:9",
                Retention = TimeSpan.FromDays(30), RowCountLimit = 0,
            },
            settings.Backup);
        Assert.Equal(
            new RetentionSettings { KeepFor = TimeSpan.FromDays(30), KeepLast = 5, KeepWeekly = 4, KeepMonthly = 12, DryRun = true },
            settings.Retention);
        Assert.True(settings.DryRun);
    }

    [Fact]
    public void Reports_all_faults_at_once_with_the_guide_s_messages()
    {
        var exception = Assert.Throws<SettingsException>(
            () => SettingsReader.Read(Input([]).With(("lock-timeout", "3"), ("retention-days", "0")), All));

        Assert.Equal(
            [
                "DATABASE_URL environment variable not set",
                "BACKUP_STORE environment variable not set",
                "--lock-timeout is \"3\": it must be a duration like 500ms, 30s, 5min, 2h or 7d, above zero",
                "--retention-days is \"0\": it must be a whole number from 1 to 3650",
                "SMOKE_URL environment variable not set",
                "SMOKE_USERNAME environment variable not set",
                "SMOKE_PASSWORD environment variable not set",
                $"Migration file not found: there is no folder {Path.Combine(folder.FullName, "migrations")}",
            ],
            exception.Faults);
        Assert.Equal("export DATABASE_URL=\"postgresql://user:password@host:port/database\"", exception.Hint);
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
    }

    [Fact]
    public void Does_not_look_at_parts_that_the_run_does_not_need()
        => Assert.Null(SettingsReader.Read(Input(new() { ["DATABASE_URL"] = "mysql://h" }), SettingParts.None).Database);

    [Fact]
    public void Refuses_a_folder_without_a_script()
    {
        var path = folder.CreateSubdirectory("migrations").FullName;
        File.WriteAllText(Path.Combine(path, "0001_a.verify.sql"), "");

        var exception = Assert.Throws<SettingsException>(() => SettingsReader.Read(Input([]), SettingParts.Migrations));

        Assert.Equal($"Migration file not found: there is no NNNN_name.sql in {path}", exception.Message);
        Assert.Equal("run Belay from the project's folder, or name the folder with the migrations: --migrations <folder>", exception.Hint);
    }

    [Theory]
    [InlineData("5m", "--smoke-deadline is \"5m\": it must be a duration like 500ms, 30s, 5min, 2h or 7d, above zero")]
    [InlineData("0s", "--smoke-deadline is \"0s\": it must be a duration like 500ms, 30s, 5min, 2h or 7d, above zero")]
    public void Refuses_a_bad_deadline_even_when_no_login_is_due(string text, string expected)
        => AssertFault(Input([]).With(("smoke-deadline", text)), expected);

    [Theory]
    [InlineData("full", "--proof-level is \"full\": it must be transport, readback, restored-uncounted or restored")]
    [InlineData("none", "--proof-level is \"none\": it must be transport, readback, restored-uncounted or restored")]
    public void Refuses_a_level_that_proves_nothing(string text, string expected)
        => AssertFault(Input([]).With(("proof-level", text)), expected);

    [Theory]
    [InlineData("lz4")]
    [InlineData("zstd:0")]
    [InlineData("zstd:20")]
    [InlineData("native:zstd:0")]
    [InlineData("gzip:0")]
    [InlineData("gzip:10")]
    [InlineData("none:1")]
    public void Refuses_a_codec_or_level_that_does_not_exist(string text)
        => AssertFault(
            Input([]).With(("compression", text)),
            $"--compression is \"{text}\": it must be zstd[:1..19], gzip[:1..9], native[:0..9], native:zstd[:1..19] or none");

    [Fact]
    public void Refuses_numbers_switches_and_sizes_that_are_none()
    {
        AssertFault(Input([]).With(("parallel", "0")), "--parallel is \"0\": it must be a whole number from 1 to 64");
        AssertFault(Input([]).With(("keep-last", "-1")), "--keep-last is \"-1\": it must be a whole number, 0 or more");
        AssertFault(
            Input([]).With(("target-version", "latest")),
            "--target-version is \"latest\": a version is a whole number, or parts like 1.2.3, with 28 digits in all");
        AssertFault(Input([]).With(("dry-run", "yes")), "--dry-run is \"yes\": it must be true or false");
        AssertFault(
            Input([]).With(("row-count-limit", "100")), "--row-count-limit is \"100\": it must be 0 or a size like 512MiB or 100GiB");
    }

    [Theory]
    [InlineData("https://shop.blob.core.windows.net/backups?sv=1&sig=hidden-word")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=hidden-word")]
    public void Refuses_a_secret_given_as_a_parameter(string store)
    {
        var exception = Assert.Throws<SettingsException>(
            () => SettingsReader.Read(Input([]).With(("backup-store", store)), SettingParts.None));

        Assert.Equal("--backup-store holds a secret, which would be readable in the process list", exception.Message);
        Assert.Equal("set BACKUP_STORE in the environment or in .env instead", exception.Hint);
    }

    [Fact]
    public void Takes_a_secret_that_the_engine_bound_from_the_environment()
    {
        const string Store = "https://shop.blob.core.windows.net/backups?sv=1&sig=abcdefgh";

        Assert.Equal(
            "azure://shop/backups",
            SettingsReader.Read(
                Input(new() { ["BACKUP_STORE"] = Store }).With(("backup-store", Store)), SettingParts.Store).Store!.DisplayName);
    }

    [Fact]
    public void Prefers_a_parameter_to_the_environment()
    {
        var input = Input(new() { ["BACKUP_STORE"] = "file:///mnt/a", ["BACKUP_PREFIX"] = "p" })
            .With(("backup-store", "file:///mnt/b"), ("backup-prefix", "q"));

        Assert.Equal("file:///mnt/b/q", SettingsReader.Read(input, SettingParts.Store).Store!.DisplayName);
    }

    [Fact]
    public void Takes_the_usual_variable_of_a_storage_account_when_no_store_is_set()
    {
        var input = Input(
            new()
            {
                ["AZURE_STORAGE_CONNECTION_STRING"] = "UseDevelopmentStorage=true",
                ["BACKUP_CONTAINER"] = "backups",
                ["BACKUP_STORE"] = "",
            });

        Assert.Equal("azure://devstoreaccount1/backups", SettingsReader.Read(input, SettingParts.Store).Store!.DisplayName);
    }

    [Theory]
    [InlineData("ftp://api.example.com/login", "SMOKE_URL is no address that starts with https:// or http://")]
    [InlineData("api.example.com/login", "SMOKE_URL is no address that starts with https:// or http://")]
    [InlineData("https://ann:hidden-word@api.example.com/login", "SMOKE_URL holds a user: name and password have settings of their own")]
    public void Refuses_a_login_address_that_is_none_or_holds_a_user(string url, string expected)
    {
        var variables = Complete();
        variables["SMOKE_URL"] = url;

        Assert.Equal(expected, Assert.Throws<SettingsException>(() => SettingsReader.Read(Input(variables), SettingParts.Smoke)).Message);
    }

    [Fact]
    public void Does_without_a_database_where_none_is_named_and_refuses_a_wrong_one()
    {
        const SettingParts Reading = SettingParts.Store | SettingParts.DatabaseIfSet;
        var variables = Complete();
        Assert.Equal("shop", SettingsReader.Read(Input(variables), Reading).Database!.Database);

        variables["DATABASE_URL"] = "mysql://db/shop";
        Assert.Throws<SettingsException>(() => SettingsReader.Read(Input(variables), Reading));

        variables.Remove("DATABASE_URL");
        Assert.Null(SettingsReader.Read(Input(variables), Reading).Database);
    }

    [Fact]
    public void Prints_no_secret()
    {
        AddMigration();

        var text = SettingsReader.Read(Input(Complete()), All).ToString();

        Assert.DoesNotContain("s3cret-word", text, StringComparison.Ordinal);
        Assert.DoesNotContain("testpass", text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Complete() => new()
    {
        ["DATABASE_URL"] = "postgresql://ann:s3cret-word@db/shop",
        ["BACKUP_STORE"] = "file:///mnt/backups",
        ["SMOKE_URL"] = "https://api.example.com/login",
        ["SMOKE_USERNAME"] = "testuser",
        ["SMOKE_PASSWORD"] = "testpass",
    };

    private static void AssertFault(SettingsInput input, string expected)
        => Assert.Equal(expected, Assert.Throws<SettingsException>(() => SettingsReader.Read(input, SettingParts.None)).Message);

    private SettingsInput Input(Dictionary<string, string> environment)
        => new() { RootFolder = folder.FullName, Environment = environment };

    private void AddMigration()
        => File.WriteAllText(Path.Combine(folder.CreateSubdirectory("migrations").FullName, "0001_a.sql"), "SELECT 1;");
}
