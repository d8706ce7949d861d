using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support;

/// <summary>A server a part of whose data lies on a small disk of its own, as where one volume runs full.</summary>
public sealed class SmallServer : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly Mount disk;
    private readonly string folder;
    private readonly string data;

    private SmallServer(PostgresServer server, Mount disk, string folder, string data)
        => (this.server, this.disk, this.folder, this.data) = (server, disk, folder, data);

    /// <summary>Starts one.</summary>
    /// <param name="size">The disk's size, for example <c>90m</c>.</param>
    /// <param name="part">What lies on it: <c>base</c> for the databases, <c>pg_wal</c> for the write-ahead log.</param>
    public static async Task<SmallServer> StartAsync(
        PostgresTools tools, string size, CancellationToken cancellationToken, string part = "base")
    {
        var folder = TestFolder.New("small-server");
        var server = await PostgresServer.StartAsync(
            new()
            {
                Tools = tools,
                Folder = Path.Combine(folder, "server"),
                Durable = false,
                Settings = new Dictionary<string, string> { ["max_wal_size"] = "64MB", ["min_wal_size"] = "32MB" },
            },
            cancellationToken);
        await server.StopAsync();
        var data = Path.Combine(RealPath.Of(Path.Combine(folder, "server")), "data", part);
        await RunAsync("cp", "-a", data, data + ".kept");
        var disk = await Mount.TemporaryAsync(data, size, cancellationToken);
        await RunAsync("cp", "-a", data + ".kept/.", data);
        Directory.Delete(data + ".kept", recursive: true);
        await server.StartAgainAsync(cancellationToken);
        return new SmallServer(server, disk, folder, data);
    }

    /// <summary>A new database in it.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(string name) => TestDatabase.CreateAsync(server, name, Token);

    /// <summary>Takes all but so many bytes of the room that is left, until <see cref="Free"/>.</summary>
    public void Fill(long left)
    {
        var room = new DriveInfo(data).AvailableFreeSpace - left;
        Assert.True(room > 0, $"There are only {room + left} bytes left.");
        using var file = File.Create(Path.Combine(data, "filler"));
        var block = new byte[1 << 20];
        for (; room > 0; room -= block.Length)
        {
            file.Write(block, 0, (int)Math.Min(room, block.Length));
        }
    }

    /// <summary>Starts it again behind a crash.</summary>
    public async Task StartAgainAsync()
    {
        await server.StopAsync();
        await server.StartAgainAsync(Token);
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Path.Combine(data, "filler"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await disk.DisposeAsync();
        ServicePlace.Remove(Path.Combine(folder, "server"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
        => await Cli.Wrap(program).WithArguments(arguments).ExecuteBufferedAsync(Token);
}
