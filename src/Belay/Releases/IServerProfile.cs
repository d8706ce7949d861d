namespace Belay.Releases;

/// <summary>Servers that stand in the place of those that the settings name: database, store and login of a demonstration.</summary>
public interface IServerProfile
{
    /// <summary>The profile's name, as it is typed behind <c>--profile</c>.</summary>
    string Name { get; }

    /// <summary>The variables of the environment that are set and name other servers; a run with this profile does not read them.</summary>
    /// <param name="environment">The environment, with what <c>.env</c> adds.</param>
    IReadOnlyList<string> Ignored(IReadOnlyDictionary<string, string> environment);

    /// <summary>Starts the servers.</summary>
    /// <param name="output">Says what starts and stops.</param>
    /// <param name="cancellationToken">Stops the start; nothing that it started keeps running.</param>
    /// <exception cref="BelayException">A server does not start.</exception>
    Task<ProvidedServers> StartAsync(IReleaseOutput output, CancellationToken cancellationToken);
}
