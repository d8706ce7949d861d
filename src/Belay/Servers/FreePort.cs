using System.Net;
using System.Net.Sockets;

namespace Belay.Servers;

/// <summary>TCP ports of 127.0.0.1.</summary>
public static class FreePort
{
    /// <summary>A port that nobody listens on at this moment. Another program may take it before it is used:
    /// be ready to ask again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether nobody listens on a port at this moment.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
