using Belay.Settings;

namespace Belay.SmokeTests;

/// <summary>The application that a release is for, as far as it can be started beside another database.</summary>
public interface IApplication
{
    /// <summary>The role that it connects as; null for the one that migrates.</summary>
    string? Role { get; }

    /// <summary>Starts it.</summary>
    /// <param name="database">The database that it is to use, as its role.</param>
    /// <param name="cancellationToken">Stops the start; nothing keeps running then.</param>
    /// <returns>Disposing it ends it, with everything that it started.</returns>
    /// <exception cref="BelayException">It does not start.</exception>
    Task<IRunningApplication> StartAsync(DatabaseTarget database, CancellationToken cancellationToken);
}
