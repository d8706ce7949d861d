using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Storage.S3;

namespace Belay.Tests.Storage.S3;

public sealed class S3StoreAddressTests
{
    [Theory]
    [InlineData("s3://backups", "backups", "")]
    [InlineData("s3://backups/", "backups", "")]
    [InlineData("S3://my.backups-2026/prod/eu/", "my.backups-2026", "prod/eu")]
    public void Reads_a_bucket_and_a_prefix(string address, string bucket, string prefix)
    {
        var location = Assert.IsType<S3StoreLocation>(StoreUrl.Parse(address, new StoreOptions()));

        Assert.Equal((bucket, prefix), (location.Bucket, location.Prefix));
        Assert.Equal(new S3Access(), location.Access);
        Assert.Equal($"s3://{bucket}" + (prefix.Length == 0 ? "" : $"/{prefix}"), location.DisplayName);
    }

    [Fact]
    public void Reads_the_variables_of_AWS_and_keeps_the_keys_out_of_sight()
    {
        var location = Read(new()
        {
            ["AWS_ENDPOINT_URL"] = "https://s3.example.com:9000",
            ["AWS_DEFAULT_REGION"] = "eu-central-1",
            ["AWS_PROFILE"] = "backup",
            ["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "hidden-word",
            ["AWS_SESSION_TOKEN"] = "hidden-token",
        });

        Assert.Equal(
            new S3Access
            {
                Endpoint = new Uri("https://s3.example.com:9000"),
                Region = "eu-central-1",
                Profile = "backup",
                AccessKeyId = "AKIAEXAMPLE",
                SecretAccessKey = new Secret("hidden-word"),
                SessionToken = new Secret("hidden-token"),
            },
            location.Access);
        Assert.DoesNotContain("hidden", location.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")]
    [InlineData("AWS_REGION", "AWS_DEFAULT_REGION")]
    public void Prefers_the_more_special_variable(string special, string general)
    {
        var access = Read(new() { [general] = "https://general.example.com", [special] = "https://special.example.com" }).Access;

        Assert.Contains("special.example.com", $"{access.Endpoint}{access.Region}", StringComparison.Ordinal);
        Assert.DoesNotContain("general.example.com", $"{access.Endpoint}{access.Region}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("http://localhost:9000/")]
    [InlineData("http://minio:9000")]
    public void Takes_an_endpoint_without_encryption_on_this_machine_or_in_its_own_network(string endpoint)
        => Assert.Equal(new Uri(endpoint), Read(new() { ["AWS_ENDPOINT_URL"] = endpoint }).Access.Endpoint);

    [Theory]
    [InlineData(
        "s3://",
        "BACKUP_STORE has the bucket \"\": it must be 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP address")]
    [InlineData(
        "s3://Back_ups/x",
        "BACKUP_STORE has the bucket \"Back_ups\": it must be 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP "
            + "address")]
    [InlineData(
        "s3://back..ups",
        "BACKUP_STORE has the bucket \"back..ups\": it must be 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP "
            + "address")]
    [InlineData(
        "s3://192.168.0.1/x",
        "BACKUP_STORE has the bucket \"192.168.0.1\": it must be 3 to 63 lower-case letters, digits, hyphens and single dots, and no IP "
            + "address")]
    [InlineData(
        "s3://backups/a//b", "BACKUP_STORE has the prefix \"a//b\": it must be names with single slashes between them, without . or ..")]
    [InlineData(
        "s3://backups/a/../b",
        "BACKUP_STORE has the prefix \"a/../b\": it must be names with single slashes between them, without . or ..")]
    [InlineData("s3://backups/x?key=hidden-word", "BACKUP_STORE has a query or a '#', which the address of a bucket has not")]
    [InlineData("s3://backups/x#hidden-word", "BACKUP_STORE has a query or a '#', which the address of a bucket has not")]
    [InlineData("s3://AKIAEXAMPLE:hidden-word@backups/x", "BACKUP_STORE has a user or a port, which the address of a bucket has not")]
    [InlineData("s3://AKIAEXAMPLE:hidden-word/backups", "BACKUP_STORE has a user or a port, which the address of a bucket has not")]
    public void Refuses_a_bad_address_without_repeating_a_secret(string address, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => StoreUrl.Parse(address, new StoreOptions()));

        Assert.Equal(expected, exception.Message);
        Assert.DoesNotContain("hidden-word", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "hidden-word", "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_ENDPOINT_URL", "s3.example.com:9000", "AWS_ENDPOINT_URL is not the address of a server (https://host:port)")]
    [InlineData(
        "AWS_ENDPOINT_URL_S3",
        "https://a:hidden-word@s3.example.com",
        "AWS_ENDPOINT_URL_S3 is not the address of a server (https://host:port)")]
    [InlineData(
        "AWS_ENDPOINT_URL",
        "http://s3.example.com",
        "AWS_ENDPOINT_URL is not encrypted: write https:// (http:// is for a server on this machine or in its own network, by a name "
            + "without dots)")]
    [InlineData(
        "AWS_ENDPOINT_URL",
        "http://10.0.0.5:9000",
        "AWS_ENDPOINT_URL is not encrypted: write https:// (http:// is for a server on this machine or in its own network, by a name "
            + "without dots)")]
    public void Refuses_a_bad_variable(string name, string value, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => Read(new() { [name] = value }));

        Assert.Equal(expected, exception.Message);
        Assert.NotNull(exception.Hint);
        Assert.DoesNotContain("hidden-word", exception.ToString(), StringComparison.Ordinal);
    }

    private static S3StoreLocation Read(Dictionary<string, string> variables)
        => Assert.IsType<S3StoreLocation>(StoreUrl.Parse("s3://backups/prod", new StoreOptions { Variable = variables.GetValueOrDefault }));
}
