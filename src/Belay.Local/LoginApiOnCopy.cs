using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Local;

/// <summary>The sample's login API beside a copy of its database, inside this process: it ends with the run, however that ends.</summary>
/// <param name="role">The role that it connects as.</param>
internal sealed class LoginApiOnCopy(string role) : IApplication
{
    /// <inheritdoc/>
    public string Role => role;

    /// <inheritdoc/>
    public async Task<IRunningApplication> StartAsync(DatabaseTarget database, CancellationToken cancellationToken)
        => await LoginApiServer.StartAsync(database, cancellationToken);
}
