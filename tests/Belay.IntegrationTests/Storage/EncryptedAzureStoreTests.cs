using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Tests.Storage;

namespace Belay.IntegrationTests.Storage;

public sealed class EncryptedAzureStoreTests(AzuriteFixture azurite) : StoreConformanceTests
{
    protected override async Task<IBackupStore> OpenAsync(CancellationToken cancellationToken)
        => StoreFactory.Open(
            await azurite.CreateContainerAsync(cancellationToken) with { Prefix = "backups/production", Key = BackupKeys.Make() });

    /// <summary>A nonce and a tag for each 4 MiB.</summary>
    protected override long StoredSize(long length) => length + (28 * ((length + (4 << 20) - 1) / (4 << 20)));
}
