using Belay.Storage.Azure;

namespace Belay.Tests.Storage.Azure;

public sealed class AzureSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("?sv=1&se=2026-03-01T11%3A59%3A59Z&sig=abcdefgh", "the shared access signature expired at 2026-03-01 11:59:59 UTC")]
    [InlineData("?sv=1&se=2026-02-28&sig=abcdefgh", "the shared access signature expired at 2026-02-28 00:00:00 UTC")]
    [InlineData(
        "?st=2026-03-01T12:10Z&se=2026-04-01T00:00:00Z&sig=abcdefgh",
        "the shared access signature is not valid before 2026-03-01 12:10:00 UTC, and here it is 2026-03-01 12:00:00 UTC")]
    [InlineData("?st=2026-02-01T00:00:00Z&se=2026-04-01T00:00:00Z&sig=abcdefgh", null)]
    [InlineData("?si=policy&sig=abcdefgh", null)]
    [InlineData("?se=tomorrow&sig=abcdefgh", null)]
    public void Tells_from_its_times_why_it_is_not_valid(string query, string? fault)
        => Assert.Equal(
            fault,
            AzureSignature.Of(Location with { SignedContainerUri = new Secret("https://shop.blob.core.windows.net/backups" + query) })
                .FaultAt(Now));

    [Fact]
    public void Reads_the_times_in_a_connection_string()
        => Assert.Equal(
            "the shared access signature expired at 2026-03-01 00:00:00 UTC",
            AzureSignature.Of(
                Location with
                {
                    ConnectionString = new Secret(
                        "BlobEndpoint=https://shop.blob.core.windows.net;SharedAccessSignature=sv=1&se=2026-03-01T00%3A00%3A00Z&"
                            + "sig=abcdefgh"),
                }).FaultAt(Now));

    [Fact]
    public void Tells_nothing_of_a_key()
        => Assert.Null(
            AzureSignature.Of(Location with { ConnectionString = new Secret("AccountName=shop;AccountKey=abcdefgh") }).FaultAt(Now));

    private static AzureStoreLocation Location => new() { Account = "shop", Container = "backups" };
}
