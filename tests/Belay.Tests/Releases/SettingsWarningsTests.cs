using Belay.Backups;
using Belay.Migrations;
using Belay.Releases;
using Belay.Retention;
using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Tests.Releases;

public sealed class SettingsWarningsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("belay-warnings-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("http://api.example.com/login", 1)]
    [InlineData("https://api.example.com/login", 0)]
    [InlineData("http://127.0.0.1:8000/login", 0)]
    [InlineData("http://localhost/login", 0)]
    public void Warns_of_a_login_without_encryption_on_another_host(string address, int warnings)
    {
        var smoke = new SmokeSettings { Url = new Uri(address), Username = "ann", Password = new Secret("a-password-of-this-test") };

        var found = Of(Settings with { Smoke = smoke }, []);

        Assert.Equal(warnings, found.Count);
        Assert.All(
            found,
            text => Assert.Equal(
                "The smoke test sends user name and password to api.example.com without encryption: write https:// in SMOKE_URL", text));
    }

    [Fact]
    public void Warns_of_a_file_of_secrets_that_others_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        var file = Path.Combine(root, ".env");
        File.WriteAllText(file, "A=b\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Empty(Of(Settings, []));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal([$"{file} can be read or changed by other users of this machine: chmod 600 {file}"], Of(Settings, []));
    }

    [Fact]
    public void Warns_of_a_folder_of_programs_that_has_none()
        => Assert.Equal(
            [$"PG_BIN names {root}, which has no pg_dump: another installation is used, if there is one"],
            Of(Settings, new Dictionary<string, string> { ["PG_BIN"] = root }));

    private static ReleaseSettings Settings => new()
    {
        Migrations = new MigrationSettings { Folder = "migrations" },
        Backup = new BackupSettings(),
        Retention = new RetentionSettings(),
    };

    private List<string> Of(ReleaseSettings settings, Dictionary<string, string> environment)
        => [.. SettingsWarnings.Of(settings, new SettingsInput { RootFolder = root, Environment = environment })];
}
