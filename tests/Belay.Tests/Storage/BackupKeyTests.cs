using Belay.Releases;
using Belay.Settings;
using Belay.Storage.Azure;
using Belay.Storage;
using Belay.Tests.Support;
using System.Security.Cryptography;

namespace Belay.Tests.Storage;

public sealed class BackupKeyTests : IDisposable
{
    private const string Azure = "https://account.blob.core.windows.net/backups";
    private readonly string text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-key-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Reads_a_key_from_the_environment_and_never_shows_it()
    {
        var key = Key(Read(new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY"] = text }));
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(text)))[..16]}", key.ToString());
        Assert.Equal("the key is ***", Redaction.Apply($"the key is {text}"));
    }

    [Fact]
    public void Reads_a_key_from_a_file_of_its_user()
    {
        var path = Write("key", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var fromFile = Key(Read(new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY_FILE"] = path }));
        Assert.Equal(Key(Read(new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY"] = text })).Id, fromFile.Id);
    }

    [Fact]
    public void Refuses_a_key_file_that_others_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var path = Write("key", UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Refuses(
            new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY_FILE"] = path },
            $"BACKUP_KEY_FILE {path} can be read or changed by other users");
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("not Base64 at all")]
    public void Refuses_what_is_no_key_without_repeating_it(string wrong)
        => Refuses(
            new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY"] = wrong }, "BACKUP_KEY is not a key: it must be 32 random bytes in Base64");

    [Fact]
    public void Refuses_two_keys()
        => Refuses(
            new() { ["BACKUP_STORE"] = Azure, ["BACKUP_KEY"] = text, ["BACKUP_KEY_FILE"] = "key" },
            "BACKUP_KEY and BACKUP_KEY_FILE are both set: only one of them may be");

    [Fact]
    public void Refuses_a_store_that_would_keep_plain_text_and_could_not_be_immutable()
    {
        var fault = Assert.Throws<SettingsException>(() => SettingsReader.Read(
            new SettingsInput
            {
                RootFolder = folder.FullName,
                Environment = new Dictionary<string, string> { ["BACKUP_STORE"] = "file:///mnt/backups", ["BACKUP_KEY"] = text },
            }.With(("immutable", "true")),
            SettingParts.Store));
        Assert.Equal(
            [
                "--immutable needs an Azure container; file:///mnt/backups cannot be told to refuse deletions",
                "BACKUP_KEY encrypts backups in an Azure container only; in file:///mnt/backups they would be stored as plain text",
            ],
            fault.Faults);
    }

    private static BackupKey Key(ReleaseSettings settings) => Assert.IsType<AzureStoreLocation>(settings.Store).Key!;

    private void Refuses(Dictionary<string, string> environment, string fault)
        => Assert.Equal([fault], Assert.Throws<SettingsException>(() => Read(environment)).Faults);

    private string Write(string name, UnixFileMode mode)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    private ReleaseSettings Read(Dictionary<string, string> environment)
        => SettingsReader.Read(new SettingsInput { RootFolder = folder.FullName, Environment = environment }, SettingParts.Store);
}
