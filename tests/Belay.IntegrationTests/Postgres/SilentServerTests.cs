using System.Net;
using System.Net.Sockets;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.IntegrationTests.Postgres;

public sealed class SilentServerTests
{
    private const int Moments = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_connection_can_be_given_up_in_any_moment_though_the_server_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var connector = new DatabaseConnector(DatabaseUrl.Parse($"postgresql://owner@127.0.0.1:{port}/app?connect_timeout=60"));
        for (var moment = 0; moment < Moments; moment++)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var opening = connector.OpenAsItIsAsync("test", cancellation.Token);
            using var accepted = await silent.AcceptSocketAsync(Token);
            Thread.SpinWait(moment * 40);

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience, Token));
        }
    }
}
