using System.Globalization;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Servers;

/// <summary>A throw-away PostgreSQL: everything of it is gone when it is disposed.</summary>
internal sealed class ScratchServer : IScratchServer
{
    private const string Beginning = "scratch-";

    /// <summary>What a restore needs: rows that come in the transaction which made or emptied their table are not written to a log too,
    /// no checkpoint comes between, and indexes are sorted in memory.</summary>
    private static readonly Dictionary<string, string> ForRestore = new()
    {
        ["wal_level"] = "minimal",
        ["max_wal_senders"] = "0",
        ["max_wal_size"] = "4GB",
        ["checkpoint_timeout"] = "1h",
        ["maintenance_work_mem"] = "128MB",

        // pg_restore has a session for each processor already; workers of an index besides only take turns with those.
        ["max_parallel_maintenance_workers"] = $"{Math.Clamp((Environment.ProcessorCount / 2) - 1, 0, 2)}",
    };

    /// <summary>What makes statements write as much log as they do in production.</summary>
    private static readonly Dictionary<string, string> ForUse = new() { ["full_page_writes"] = "on" };

    private readonly string folder;
    private PostgresServer? started;

    private ScratchServer(string folder) => this.folder = folder;

    /// <summary>Starts an empty server that does not wait for the disk.</summary>
    /// <param name="tools">The programs; must have the server's.</param>
    /// <param name="parent">The folder below which it gets a folder of its own. Leftovers of killed runs in it are removed first.</param>
    /// <param name="cancellationToken">Stops the start; nothing is left then.</param>
    /// <exception cref="PostgresServerException">The server does not start.</exception>
    public static async Task<ScratchServer> StartAsync(
        PostgresTools tools, string parent, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await SweepAsync(parent, timeProvider);
        var scratch = new ScratchServer(Path.Combine(parent, $"{Beginning}{Environment.ProcessId}-{Guid.NewGuid():N}"));
        try
        {
            scratch.started = await PostgresServer.StartAsync(
                new()
                {
                    Tools = tools,
                    Folder = scratch.folder,
                    Durable = false,
                    TimeProvider = timeProvider,
                    Settings = ForRestore,
                },
                cancellationToken);
            return scratch;
        }
        catch
        {
            ServicePlace.Remove(scratch.folder);
            throw;
        }
    }

    /// <summary>Removes the servers that killed runs left.</summary>
    /// <param name="parent">The folder that they have folders of their own in; it may be missing.</param>
    public static async Task SweepAsync(string parent, TimeProvider timeProvider)
    {
        await LeftoverServers.SweepAsync(parent, timeProvider);
        RemoveUnowned(parent);
    }

    /// <summary>Restarts it as a server that is not there for a restore: its log has what a log has in production.</summary>
    /// <exception cref="PostgresServerException">It does not start again.</exception>
    public Task SettleAsync(CancellationToken cancellationToken) => Server.RestartAsync(ForUse, cancellationToken);

    /// <inheritdoc/>
    public bool IsOwn => true;

    /// <inheritdoc/>
    public string Version => Server.Tools.Version;

    /// <inheritdoc/>
    public DatabaseTarget Maintenance => Target("postgres");

    /// <inheritdoc/>
    public string NameOf(string database) => database;

    /// <inheritdoc/>
    public Task ReserveAsync(string database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task ClaimAsync(string database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public bool Has(DatabaseIdentity database, string address) => address == Target(database.Name).Hosts[0].ToString();

    /// <summary>A database of this server, as its superuser.</summary>
    public DatabaseTarget Target(string database) => Server.Target(database);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            // Nothing of it is kept, so it need not write what is in its memory.
            await started.CrashAsync();
            await started.DisposeAsync();
            started = null;
        }

        ServicePlace.Remove(folder);
    }

    /// <summary>A run that is killed before it wrote its folder's owner has started nothing in it; the
    /// folder's name tells whose it was.</summary>
    private static void RemoveUnowned(string parent)
    {
        foreach (var folder in Directory.Exists(parent) ? Directory.GetDirectories(parent, $"{Beginning}*-*") : [])
        {
            var made = Path.GetFileName(folder).Split('-')[1];
            if (int.TryParse(made, CultureInfo.InvariantCulture, out var processId)
                && ProcessIdentity.Of(processId) is null
                && ServerOwner.Read(new ServerFolder(RealPath.Of(folder))) is null)
            {
                ServicePlace.Remove(folder);
            }
        }
    }

    private PostgresServer Server => started ?? throw new ObjectDisposedException(nameof(ScratchServer));
}
