using Belay.Storage;
using Belay.Tests.Support;

namespace Belay.Tests.Storage;

public sealed class MemoryStoreTests : StoreConformanceTests
{
    protected override Task<IBackupStore> OpenAsync(CancellationToken cancellationToken)
        => Task.FromResult<IBackupStore>(new MemoryStore());
}
