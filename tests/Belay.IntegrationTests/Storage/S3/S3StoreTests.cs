using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Kinds;
using Belay.Tests.Storage;

namespace Belay.IntegrationTests.Storage.S3;

public sealed class S3StoreTests(S3Fixture s3) : StoreConformanceTests
{
    protected override async Task<IBackupStore> OpenAsync(CancellationToken cancellationToken)
        => StoreFactory.Open(await s3.CreateBucketAsync(cancellationToken) with { Prefix = "backups/production" });
}
