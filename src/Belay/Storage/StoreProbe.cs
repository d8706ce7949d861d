using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Belay.Storage;

/// <summary>Writes, reads back and deletes a small object.</summary>
internal static partial class StoreProbe
{
    /// <summary>Where probes were until they lost their folder, which stayed.</summary>
    public const string FormerFolder = "belay-probe";

    /// <summary>Whether a name is a probe's; a run that is killed in the middle of one leaves it. A
    /// database may be called like the folder.</summary>
    public static bool IsProbe(string name) => Pattern().IsMatch(name);

    public static async Task RunAsync(IBackupStore store, CancellationToken cancellationToken)
    {
        var name = $"{FormerFolder}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var content = RandomNumberGenerator.GetBytes(64);
        await store.CreateAsync(name, content, cancellationToken);
        await SmallObject.DemandEqualAsync(store, name, content, cancellationToken);
        var written = await store.FindAsync(name, cancellationToken) ?? throw StoreFaults.Missing(store.DisplayName, name);
        if (!await store.DeleteAsync(written, cancellationToken))
        {
            throw new StoreException($"Somebody else changed the probe object '{name}' in {store.DisplayName}.");
        }
    }

    [GeneratedRegex("^belay-probe[-/][0-9a-f]{16}$")]
    private static partial Regex Pattern();
}
