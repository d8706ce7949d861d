using System.Net;
using System.Net.Sockets;

namespace Belay.IntegrationTests.Support;

/// <summary>Stands between a client and a server on 127.0.0.1; cuts, delays and slows the connection as told.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Task accepting;
    private long toServer;
    private long toClient;

    private TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts the connection, once, that carries this byte to the server; null for never.</summary>
    public long? CutToServerAt { get; set; }

    /// <summary>Cuts the connection, once, that carries this byte to the client; null for never.</summary>
    public long? CutToClientAt { get; set; }

    /// <summary>How long each piece of at most 64 KiB waits.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>How many bytes went to the server.</summary>
    public long BytesToServer => Interlocked.Read(ref toServer);

    /// <summary>How many bytes went to the client.</summary>
    public long BytesToClient => Interlocked.Read(ref toClient);

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
            await Task.WhenAny(
                PumpAsync(near, far, count => MustCut(Interlocked.Add(ref toServer, count), CutToServerAt, () => CutToServerAt = null)),
                PumpAsync(far, near, count => MustCut(Interlocked.Add(ref toClient, count), CutToClientAt, () => CutToClientAt = null)));
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<int, bool> mustCut)
    {
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await from.ReadAsync(buffer, stop.Token)) > 0 && !mustCut(count))
        {
            await Task.Delay(Delay, TimeProvider.System, stop.Token);
            await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
        }
    }

    private bool MustCut(long bytes, long? limit, Action forget)
    {
        if (limit is null || bytes < limit)
        {
            return false;
        }

        forget();
        Cuts++;
        return true;
    }
}
