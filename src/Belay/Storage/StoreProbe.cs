using System.Security.Cryptography;

namespace Belay.Storage;

/// <summary>Writes, reads back and deletes a small object.</summary>
internal static class StoreProbe
{
    private const string Folder = "belay-probe/";

    /// <summary>Whether a name is a probe's; a run that is killed in the middle of one leaves it.</summary>
    public static bool IsProbe(string name) => name.StartsWith(Folder, StringComparison.Ordinal);

    public static async Task RunAsync(IBackupStore store, CancellationToken cancellationToken)
    {
        var name = $"{Folder}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var content = RandomNumberGenerator.GetBytes(64);
        await store.CreateAsync(name, content, cancellationToken);
        await SmallObject.DemandEqualAsync(store, name, content, cancellationToken);
        var written = await store.FindAsync(name, cancellationToken) ?? throw StoreFaults.Missing(store.DisplayName, name);
        if (!await store.DeleteAsync(written, cancellationToken))
        {
            throw new StoreException($"Somebody else changed the probe object '{name}' in {store.DisplayName}.");
        }
    }
}
