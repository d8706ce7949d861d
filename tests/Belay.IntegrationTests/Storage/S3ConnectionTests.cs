using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Storage;

public sealed class S3ConnectionTests(S3Fixture s3) : BrokenConnectionTests
{
    protected override string Swapped => "the object was changed while it was read";

    protected override async Task<(IBackupStore Store, TcpProxy Proxy)> OpenAsync()
    {
        var location = await s3.CreateBucketAsync(Token);
        var proxy = TcpProxy.Start((await s3.ServerAsync(Token)).Port);
        return (
            StoreFactory.Open(location with { Access = location.Access with { Endpoint = new Uri($"http://127.0.0.1:{proxy.Port}") } }),
            proxy);
    }
}
