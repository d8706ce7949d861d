using Belay.Settings;

namespace Belay.Storage.Kinds;

/// <summary>Reads a backup store's address.</summary>
/// <remarks>
/// <c>https://account.blob.core.windows.net/container[/prefix][?signature]</c>, the same with the account in the path for emulators,
/// an Azure connection string, <c>s3://bucket[/prefix]</c>, <c>file:///folder</c>.
/// </remarks>
public static class StoreUrl
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">The address; spaces and quotes around it are taken off.</param>
    /// <param name="options">What the address does not say.</param>
    /// <exception cref="SettingsException">It cannot be read; the message never repeats a key or signature.</exception>
    public static StoreLocation Parse(string text, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        var address = text.Trim().Trim('"');
        return StoreKinds.All.FirstOrDefault(kind => kind.Looks(address))?.Read(address, options) ?? throw Unknown(address);
    }

    private static SettingsException Unknown(string address)
    {
        var schemes = StoreKinds.All.Select(kind => kind.Scheme).ToArray();
        return StoreAddress.Parse(address) is { Scheme: var scheme }
            ? StoreAddress.Fault($"BACKUP_STORE has the unsupported scheme \"{scheme}\": it must be {WordList.Or(schemes)}")
            : StoreAddress.Fault(
                $"BACKUP_STORE is neither an address ({string.Join(", ", schemes.Select(known => known + "://"))}) nor an Azure "
                    + "connection string");
    }
}
