using Belay.Postgres;

namespace Belay.Servers;

/// <summary>Servers whose process of origin was killed before it could stop them.</summary>
public static class LeftoverServers
{
    /// <summary>Stops the servers in the folders below a folder whose owners are gone, and removes those folders.</summary>
    /// <param name="parent">The folder; it may be missing.</param>
    /// <returns>How many folders were removed.</returns>
    public static async Task<int> SweepAsync(string parent, TimeProvider timeProvider)
    {
        var removed = 0;
        foreach (var wanted in Directory.Exists(parent) ? Directory.GetDirectories(parent) : [])
        {
            var folder = new ServerFolder(RealPath.Of(wanted));
            if (ServerOwner.Read(folder) is { IsDead: true } owner)
            {
                await new PostgresControl(owner.Tools, ServiceAccount.Find(), folder, timeProvider).StopAsync();
                await UnfinishedCluster.RemoveAsync(folder.UnfinishedData, timeProvider, CancellationToken.None);
                ServicePlace.Remove(wanted);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Stops the server in a folder, whoever started it. Does nothing when none runs there.</summary>
    /// <param name="wanted">The server's folder; it may be missing.</param>
    /// <param name="cancellationToken">Stops looking for programs; a stop that began goes to its end.</param>
    /// <exception cref="PostgresServerException">It still runs, or this machine has no programs to stop it with.</exception>
    public static async Task StopAsync(string wanted, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var folder = new ServerFolder(RealPath.Of(wanted));
        if (folder.Running() is not { } running)
        {
            return;
        }

        var tools = ServerOwner.Read(folder)?.Tools
            ?? (await PostgresInstallations.FindAsync(cancellationToken)).FirstOrDefault(tools => tools.HasServer)
            ?? throw new PostgresServerException(
                $"PostgreSQL (process {running.Process.Id}) in {folder.Path} cannot be stopped without pg_ctl.",
                "set PG_BIN to the folder that has it");
        await new PostgresControl(tools, ServiceAccount.Find(), folder, timeProvider).StopAsync();
    }

    /// <summary>Stops a leftover in one server's folder before it is started anew.</summary>
    /// <param name="tools">The programs to stop it with when its owner's are not known.</param>
    /// <exception cref="PostgresServerException">The server there is in use.</exception>
    internal static async Task ClearAsync(ServerFolder folder, PostgresTools tools, TimeProvider timeProvider)
    {
        if (folder.Running() is not { } running)
        {
            return;
        }

        var owner = ServerOwner.Read(folder);
        if (owner is { IsDead: false })
        {
            var user = owner.Owner is null ? "it was started to run on" : $"process {owner.Owner.Id} uses it";
            throw new PostgresServerException(
                $"PostgreSQL (process {running.Process.Id}, port {running.Port}) runs in {folder.Path} already: {user}.");
        }

        await new PostgresControl(owner?.Tools ?? tools, ServiceAccount.Find(), folder, timeProvider).StopAsync();
    }
}
