using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Storage;

public sealed class AzureConnectionTests(AzuriteFixture azurite) : BrokenConnectionTests
{
    protected override string Swapped => "the store refused (HTTP 412, ConditionNotMet)";

    protected override async Task<(IBackupStore Store, TcpProxy Proxy)> OpenAsync()
    {
        var server = await azurite.ServerAsync(Token);
        var location = await azurite.CreateContainerAsync(Token);
        var proxy = TcpProxy.Start(server.Port);
        return (
            StoreFactory.Open(
                location with { ConnectionString = AzuriteServer.ConnectionStringFor(location.Account, server.AccountKey, proxy.Port) }),
                proxy);
    }
}
