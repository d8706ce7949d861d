using Belay.Preflight;
using Belay.Releases;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;

namespace Belay.Local;

/// <summary>What <c>--profile local</c> means: database, store and login are the local parts, whatever the shell says.</summary>
public sealed class LocalProfile(string rootFolder) : IServerProfile
{
    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Replaces { get; } =
    [
        PreflightParameters.DatabaseUrl, PreflightParameters.DatabaseAuth,
        StoreParameters.BackupStore,
        StoreParameters.AzureStorageConnectionString,
        StoreParameters.BackupContainer,
        StoreParameters.BackupPrefix,
        StoreParameters.BackupKey, StoreParameters.BackupKeyFile, StoreParameters.RecordKey, StoreParameters.RecordKeyFile,
        .. SmokeParameters.All.Except([SmokeParameters.SmokeDeadline]),
    ];

    /// <inheritdoc/>
    public bool Rehearses => true;

    /// <inheritdoc/>
    public async Task<ProvidedServers> StartAsync(IReleaseOutput output, CancellationToken cancellationToken)
    {
        var local = await LocalEnvironment.StartAsync(new LocalOptions { RootFolder = rootFolder, Output = output }, cancellationToken);
        return new ProvidedServers
        {
            Database = local.Settings.Database,
            Store = local.Settings.Store,
            Smoke = local.Settings.Smoke,
            Application = new LoginApiOnCopy(local.Settings.ApplicationRole),
            Lifetime = local,
        };
    }
}
