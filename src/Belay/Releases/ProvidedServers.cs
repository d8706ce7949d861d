using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;

namespace Belay.Releases;

/// <summary>The servers of a profile while a run uses them.</summary>
public sealed record ProvidedServers
{
    /// <summary>The target database.</summary>
    public required DatabaseTarget Database { get; init; }

    /// <summary>The backup store.</summary>
    public required StoreLocation Store { get; init; }

    /// <summary>The login.</summary>
    public required SmokeSettings Smoke { get; init; }

    /// <summary>The application, to be tried on a copy of the database; null when it cannot be started a second time.</summary>
    public IApplication? Application { get; init; }

    /// <summary>Disposed at the run's end, whatever happened.</summary>
    public required IAsyncDisposable Lifetime { get; init; }
}
