using Belay.Settings;

namespace Belay.Storage;

/// <summary>What the addresses of all kinds of stores share.</summary>
internal static class StoreAddress
{
    public const string Hint =
        "export BACKUP_STORE=\"https://account.blob.core.windows.net/container\" (with ?signature, or sign in with a managed identity or "
            + "the Azure CLI), s3://bucket/prefix or file:///folder";

    /// <summary>A fault of an address, with what a right one looks like.</summary>
    public static SettingsException Fault(string fault) => new(fault, Hint);

    /// <summary>A text as an address with a scheme and two slashes; null if it is none.</summary>
    public static Uri? Parse(string text)
        => text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>Prefixes joined with slashes, without slashes at the ends.</summary>
    public static string JoinPrefix(params IEnumerable<string?> parts)
    {
        var prefix = string.Join('/', parts.Select(part => part?.Trim().Trim('/')).Where(part => !string.IsNullOrEmpty(part)));
        var bad = prefix.Split('/').Any(segment => segment is "." or "..")
            || prefix.Contains("//", StringComparison.Ordinal)
            || prefix.Contains('\\', StringComparison.Ordinal)
            || prefix.Any(char.IsControl);
        return bad
            ? throw Fault($"BACKUP_STORE has the prefix \"{prefix}\": it must be names with single slashes between them, without . or ..")
            : prefix;
    }
}
