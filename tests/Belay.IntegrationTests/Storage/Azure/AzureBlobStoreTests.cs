using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Tests.Storage;

namespace Belay.IntegrationTests.Storage.Azure;

public sealed class AzureBlobStoreTests(AzuriteFixture azurite) : StoreConformanceTests
{
    protected override async Task<IBackupStore> OpenAsync(CancellationToken cancellationToken)
        => StoreFactory.Open(await azurite.CreateContainerAsync(cancellationToken) with { Prefix = "backups/production" });
}
