using Belay.Preflight;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;

namespace Belay.Releases.Recording;

/// <summary>What a run was told, for its record.</summary>
internal static class GivenSettings
{
    /// <summary>Addresses, which the record names as people may see them, and what often has a key in it.</summary>
    private static readonly Parameter[] LeftOut =
    [
        PreflightParameters.DatabaseUrl, StoreParameters.BackupStore, SmokeParameters.SmokeBody, SmokeParameters.SmokeHeader,
    ];

    /// <summary>The texts that were given, or the defaults, by the parameters' names.</summary>
    /// <param name="parameters">What the run's stages heed.</param>
    /// <param name="store">The store as people may see it; null for none.</param>
    public static SortedDictionary<string, string> Of(IEnumerable<Parameter> parameters, SettingsInput input, string? store)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.Where(parameter => !parameter.IsSecret && !LeftOut.Contains(parameter)))
        {
            if ((input.Text(parameter) ?? parameter.Default) is { } text)
            {
                settings[parameter.Name] = parameter == SmokeParameters.SmokeUrl ? WithoutQuery(text) : text;
            }
        }

        if (store is not null)
        {
            settings[StoreParameters.BackupStore.Name] = store;
        }

        return settings;
    }

    /// <summary>What stands behind the path may be a key.</summary>
    private static string WithoutQuery(string address)
        => Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) ? AddressText.Of(uri) : "no address";
}
