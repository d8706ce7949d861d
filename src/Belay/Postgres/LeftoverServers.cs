namespace Belay.Postgres;

/// <summary>Servers whose process of origin was killed before it could stop them.</summary>
public static class LeftoverServers
{
    /// <summary>Stops the servers in the folders below a folder whose owners are gone, and removes those folders.</summary>
    /// <param name="parent">The folder; it may be missing.</param>
    /// <returns>How many folders were removed.</returns>
    public static async Task<int> SweepAsync(string parent)
    {
        var removed = 0;
        foreach (var wanted in Directory.Exists(parent) ? Directory.GetDirectories(parent) : [])
        {
            var folder = new ServerFolder(RealPath.Of(wanted));
            if (ServerOwner.Read(folder) is { IsDead: true } owner)
            {
                await new PostgresControl(owner.Tools, ServiceAccount.Find(), folder).StopAsync();
                ServicePlace.Remove(wanted);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Stops a leftover in one server's folder before it is started anew.</summary>
    /// <param name="folder">The server's folder.</param>
    /// <param name="tools">The programs to stop it with when its owner's are not known.</param>
    /// <exception cref="PostgresServerException">The server there is in use.</exception>
    internal static async Task ClearAsync(ServerFolder folder, PostgresTools tools)
    {
        if (folder.Running() is not { } running)
        {
            return;
        }

        var owner = ServerOwner.Read(folder);
        if (owner is { IsDead: false })
        {
            var user = owner.Owner is null ? "it was started to run on" : $"process {owner.Owner.Id} uses it";
            throw new PostgresServerException($"PostgreSQL (process {running.Process.Id}, port {running.Port}) runs in {folder.Path} already: {user}.");
        }

        await new PostgresControl(owner?.Tools ?? tools, ServiceAccount.Find(), folder).StopAsync();
    }
}
