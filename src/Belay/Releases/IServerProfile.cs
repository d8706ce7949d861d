using Belay.Settings;

namespace Belay.Releases;

/// <summary>Servers that stand in the place of those that the settings name: database, store and login of a demonstration.</summary>
public interface IServerProfile
{
    /// <summary>The profile's name, as it is typed behind <c>--profile</c>.</summary>
    string Name { get; }

    /// <summary>The parameters that name other servers: a run with this profile reads none of them, a
    /// demonstration must not migrate production.</summary>
    IReadOnlyList<Parameter> Replaces { get; }

    /// <summary>Whether Migrate rehearses where nothing else is said.</summary>
    bool Rehearses { get; }

    /// <summary>Starts the servers.</summary>
    /// <param name="cancellationToken">Stops the start; nothing that it started keeps running.</param>
    /// <exception cref="BelayException">A server does not start.</exception>
    Task<ProvidedServers> StartAsync(IReleaseOutput output, CancellationToken cancellationToken);
}
