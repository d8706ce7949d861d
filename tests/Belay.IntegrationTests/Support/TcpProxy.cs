using System.Net;
using System.Net.Sockets;

namespace Belay.IntegrationTests.Support;

/// <summary>Stands between a client and a server on 127.0.0.1; cuts, holds, delays and throttles each direction as told.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Task accepting;

    private TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What clients send.</summary>
    public ProxyFlow ToServer { get; } = new();

    /// <summary>What the server answers.</summary>
    public ProxyFlow ToClient { get; } = new();

    /// <summary>How many connections were cut.</summary>
    public int Cuts => ToServer.Cuts + ToClient.Cuts;

    public static TcpProxy Start(int targetPort) => new(targetPort);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            var (near, far) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(ToServer.PumpAsync(near, far, stop.Token), ToClient.PumpAsync(far, near, stop.Token));
        }
    }
}
