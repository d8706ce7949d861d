using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage.Azure;

namespace Belay.Local;

/// <summary>The settings of a release to the local parts; the release itself knows no difference.</summary>
public sealed record LocalSettings
{
    /// <summary>The sample database, as the role that owns it.</summary>
    public required DatabaseTarget Database { get; init; }

    /// <summary>The container for backups.</summary>
    public required AzureStoreLocation Store { get; init; }

    /// <summary>The login API with the guide's test user.</summary>
    public required SmokeSettings Smoke { get; init; }

    /// <summary>The role that the login API connects as.</summary>
    public required string ApplicationRole { get; init; }
}
