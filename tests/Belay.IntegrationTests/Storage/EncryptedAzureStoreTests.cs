using Belay.IntegrationTests.Support;
using Belay.Reporting.Chain;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Tests.Reporting;
using Belay.Tests.Storage;

namespace Belay.IntegrationTests.Storage;

public sealed class EncryptedAzureStoreTests(AzuriteFixture azurite) : StoreConformanceTests
{
    protected override async Task<IBackupStore> OpenAsync(CancellationToken cancellationToken)
        => StoreFactory.Open(
            await azurite.CreateContainerAsync(cancellationToken) with { Prefix = "backups/production", Key = BackupKeys.Make() });

    [Fact]
    public async Task A_record_is_encrypted_as_dumps_are_and_one_that_cannot_be_read_is_told_as_such()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var chain = new RecordChain(StoreFactory.Open(location with { Key = BackupKeys.Make() }), "shop");
        await chain.AddAsync(Records.Succeeded(), Token);

        var stored = await AzuriteFixture.Client(location).GetBlobClient(RecordName.Of("shop", 1)).DownloadContentAsync(Token);
        Assert.DoesNotContain("ada", stored.Value.Content.ToString(), StringComparison.Ordinal);
        Assert.Equal("ada@build-7", Assert.Single((await PastReader.ReadAsync(chain, Token)).Newest).Who);
        var without = await PastReader.ReadAsync(new RecordChain(StoreFactory.Open(location), "shop"), Token);
        Assert.Contains("encrypted", Assert.Single(without.Newest).Fault!, StringComparison.Ordinal);
    }

    /// <summary>A nonce and a tag for each 4 MiB.</summary>
    protected override long StoredSize(long length) => length + (28 * ((length + (4 << 20) - 1) / (4 << 20)));
}
