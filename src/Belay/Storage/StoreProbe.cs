using System.Security.Cryptography;

namespace Belay.Storage;

/// <summary>Writes, reads back and deletes a small object.</summary>
internal static class StoreProbe
{
    public static async Task RunAsync(IBackupStore store, CancellationToken cancellationToken)
    {
        var name = $"belay-probe/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
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
