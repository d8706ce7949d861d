using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;

namespace Belay.Tests.Storage.Kinds;

public sealed class StoreUrlTests
{
    private const string Key = "bm90LWEtcmVhbC1rZXk=";

    [Theory]
    [InlineData("https://shop.blob.core.windows.net/backups", "azure://shop/backups", "https://shop.blob.core.windows.net/backups")]
    [InlineData("https://shop.blob.core.windows.net/backups/", "azure://shop/backups", "https://shop.blob.core.windows.net/backups")]
    [InlineData(
        "https://shop.blob.core.windows.net/backups/prod/eu", "azure://shop/backups/prod/eu", "https://shop.blob.core.windows.net/backups")]
    [InlineData(
        "http://127.0.0.1:10000/devstoreaccount1/backups/prod",
        "azure://devstoreaccount1/backups/prod",
        "http://127.0.0.1:10000/devstoreaccount1/backups")]
    [InlineData(
        "http://azurite:10000/devstoreaccount1/backups",
        "azure://devstoreaccount1/backups",
        "http://azurite:10000/devstoreaccount1/backups")]
    public void Reads_the_address_of_a_container(string address, string display, string container)
    {
        var location = Assert.IsType<AzureStoreLocation>(StoreUrl.Parse(address, new StoreOptions()));

        Assert.Equal((display, container), (location.DisplayName, location.ContainerUri!.AbsoluteUri));
        Assert.Null(location.SignedContainerUri);
        Assert.Null(location.ConnectionString);
    }

    [Theory]
    [InlineData(
        "https://shop.blob.core.windows.net/backups/prod?sv=2024-11-04&sr=c&sig=abc%2Fdef%3D",
        "https://shop.blob.core.windows.net/backups?sv=2024-11-04&sr=c&sig=abc%2Fdef%3D")]
    [InlineData(
        "http://127.0.0.1:10000/devstoreaccount1/backups/prod?sv=2024-11-04&sig=abc%2Fdef%3D",
        "http://127.0.0.1:10000/devstoreaccount1/backups?sv=2024-11-04&sig=abc%2Fdef%3D")]
    public void Keeps_a_signature_as_it_is_and_out_of_sight(string address, string expected)
    {
        var location = Assert.IsType<AzureStoreLocation>(StoreUrl.Parse(address, new StoreOptions()));

        Assert.Equal(expected, location.SignedContainerUri!.Reveal());
        Assert.Equal("prod", location.Prefix);
        Assert.Null(location.ContainerUri);
        Assert.DoesNotContain("sig=", location.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        $"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={Key};EndpointSuffix=core.windows.net", "azure://shop/backups/prod")]
    [InlineData(
        "BlobEndpoint=https://shop.blob.core.windows.net/;SharedAccessSignature=sv=2024-11-04&sig=abcdefgh", "azure://shop/backups/prod")]
    [InlineData("UseDevelopmentStorage=true", "azure://devstoreaccount1/backups/prod")]
    public void Reads_a_connection_string_with_a_container(string text, string display)
    {
        var location = Assert.IsType<AzureStoreLocation>(
            StoreUrl.Parse(text, new StoreOptions { Container = "backups", Prefix = "/prod/" }));

        Assert.Equal((display, text), (location.DisplayName, location.ConnectionString!.Reveal()));
    }

    [Fact]
    public void Reads_a_folder()
    {
        var location = Assert.IsType<FolderStoreLocation>(
            StoreUrl.Parse("file:///mnt/my%20backups/", new StoreOptions { Prefix = "prod" }));

        Assert.Equal(("/mnt/my backups", "file:///mnt/my backups/prod"), (location.Folder, location.DisplayName));
    }

    [Fact]
    public void Reads_a_folder_with_a_number_sign_in_its_name()
        => Assert.Equal("/mnt/a#b", Assert.IsType<FolderStoreLocation>(StoreUrl.Parse("file:///mnt/a%23b", new StoreOptions())).Folder);

    [Theory]
    [InlineData("backups", "BACKUP_STORE is neither an address (https://, s3://, file://) nor an Azure connection string")]
    [InlineData("ftp://h/x", "BACKUP_STORE has the unsupported scheme \"ftp\": it must be https, s3 or file")]
    [InlineData("https://shop.blob.core.windows.net", "BACKUP_STORE does not name a container")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1", "BACKUP_STORE does not name a container")]
    [InlineData(
        "https://shop.blob.core.windows.net/Back_ups",
        "BACKUP_STORE has the container \"Back_ups\": it must be 3 to 63 lower-case letters, digits and single hyphens")]
    [InlineData(
        "https://shop.blob.core.windows.net/back--ups",
        "BACKUP_STORE has the container \"back--ups\": it must be 3 to 63 lower-case letters, digits and single hyphens")]
    [InlineData(
        "http://shop.blob.core.windows.net/backups",
        "BACKUP_STORE is not encrypted: write https:// (http:// is for an emulator on this machine)")]
    [InlineData(
        "http://10.0.0.5:10000/account/backups",
        "BACKUP_STORE is not encrypted: write https:// (http:// is for an emulator on this machine)")]
    [InlineData(
        "https://u:hidden-word@shop.blob.core.windows.net/backups",
        "BACKUP_STORE has a user or a '#', which the address of a container has not")]
    [InlineData(
        "https://shop.blob.core.windows.net/backups?hidden-word=1",
        "BACKUP_STORE has a query that is no shared access signature: sig= is missing")]
    [InlineData(
        "https://shop.blob.core.windows.net/backups?sr=b&sig=hidden-word",
        "BACKUP_STORE has the shared access signature of one blob: Belay needs one for the container")]
    [InlineData(
        "https://shop.blob.core.windows.net/backups/a%2F..%2Fb",
        "BACKUP_STORE has the prefix \"a/../b\": it must be names with single slashes between them, without . or ..")]
    [InlineData("file://mnt/backups", "BACKUP_STORE does not name a folder: write file:///folder, with three slashes")]
    [InlineData("file:///mnt/a#b", "BACKUP_STORE has a '#' or '?' in the path of a folder, which an address cuts off: write %23 or %3F")]
    [InlineData("file:///mnt/a?b", "BACKUP_STORE has a '#' or '?' in the path of a folder, which an address cuts off: write %23 or %3F")]
    [InlineData("file:///", "BACKUP_STORE does not name a folder: write file:///folder, with three slashes")]
    [InlineData(
        "AccountName=shop;AccountKey=hidden-word",
        "BACKUP_CONTAINER environment variable not set: an Azure connection string does not name a container")]
    public void Refuses_a_bad_address_without_repeating_a_secret(string address, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => StoreUrl.Parse(address, new StoreOptions()));

        Assert.Equal(expected, exception.Message);
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.DoesNotContain("hidden-word", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountName=shop", "The Azure connection string has neither AccountKey nor SharedAccessSignature")]
    [InlineData("AccountName=shop;nonsense", "The Azure connection string cannot be read: it must be Name=Value pairs with semicolons")]
    public void Refuses_a_broken_connection_string(string text, string expected)
        => Assert.Equal(
            expected, Assert.Throws<SettingsException>(() => StoreUrl.Parse(text, new StoreOptions { Container = "backups" })).Message);
}
