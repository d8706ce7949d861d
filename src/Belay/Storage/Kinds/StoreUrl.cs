using System.Net;
using System.Text.RegularExpressions;
using Belay.Settings;
using Belay.Storage.Azure;
using Belay.Storage.Folder;
using Belay.Storage.S3;

namespace Belay.Storage.Kinds;

/// <summary>Reads a backup store's address.</summary>
/// <remarks>
/// <c>https://account.blob.core.windows.net/container[/prefix][?signature]</c>, the same with the account in the path for emulators,
/// an Azure connection string, <c>s3://bucket[/prefix]</c>, <c>file:///folder</c>.
/// </remarks>
public static partial class StoreUrl
{
    internal const string Hint = "export BACKUP_STORE=\"https://account.blob.core.windows.net/container\" (with ?signature, or sign in with a managed identity or the Azure CLI), s3://bucket/prefix or file:///folder";

    /// <summary>Reads an address that says everything itself.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="SettingsException">It cannot be read; the message never repeats a key or signature.</exception>
    public static StoreLocation Parse(string text) => Parse(text, new StoreOptions());

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="options">What the address does not say.</param>
    /// <exception cref="SettingsException">It cannot be read; the message never repeats a key or signature.</exception>
    public static StoreLocation Parse(string text, StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        var address = text.Trim().Trim('"');
        if (AzureConnectionText.Looks(address))
        {
            return AzureConnectionText.Read(address, options);
        }

        if (S3StoreAddress.Looks(address))
        {
            return S3StoreAddress.Read(address, options);
        }

        if (!address.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw Fault("BACKUP_STORE is neither an address (https://, s3://, file://) nor an Azure connection string");
        }

        return uri.Scheme switch
        {
            "https" or "http" => Azure(uri, options),
            "file" => Folder(uri, options),
            _ => throw Fault($"BACKUP_STORE has the unsupported scheme \"{uri.Scheme}\": it must be https, s3 or file"),
        };
    }

    internal static SettingsException Fault(string fault) => new(fault, Hint);

    /// <summary>A container's name by Azure's rules, or a fault.</summary>
    internal static string ContainerName(string name)
        => ContainerPattern().IsMatch(name)
            ? name
            : throw Fault($"BACKUP_STORE has the container \"{name}\": it must be 3 to 63 lower-case letters, digits and single hyphens");

    /// <summary>Prefixes joined with slashes, without slashes at the ends.</summary>
    internal static string JoinPrefix(params IEnumerable<string?> parts)
    {
        var prefix = string.Join('/', parts.Select(part => part?.Trim().Trim('/')).Where(part => !string.IsNullOrEmpty(part)));
        var bad = prefix.Split('/').Any(segment => segment is "." or "..") || prefix.Contains("//", StringComparison.Ordinal) || prefix.Contains('\\', StringComparison.Ordinal) || prefix.Any(char.IsControl);
        return bad ? throw Fault($"BACKUP_STORE has the prefix \"{prefix}\": it must be names with single slashes between them, without . or ..") : prefix;
    }

    private static AzureStoreLocation Azure(Uri uri, StoreOptions options)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var accountInPath = uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || !uri.Host.Contains('.', StringComparison.Ordinal);
        RefuseUnsafe(uri, accountInPath);
        var containerAt = accountInPath ? 1 : 0;
        if (path.Length <= containerAt)
        {
            throw Fault("BACKUP_STORE does not name a container");
        }

        var container = ContainerName(path[containerAt]);
        var address = new Uri(uri.GetLeftPart(UriPartial.Authority) + (accountInPath ? $"/{path[0]}" : "") + $"/{container}");
        return new AzureStoreLocation
        {
            Account = accountInPath ? path[0] : uri.Host.Split('.')[0],
            Container = container,
            SignedContainerUri = uri.Query.Length > 1 ? new Secret(address + uri.Query) : null,
            ContainerUri = uri.Query.Length > 1 ? null : address,
            Prefix = JoinPrefix(string.Join('/', path.Skip(containerAt + 1)), options.Prefix),
        };
    }

    private static void RefuseUnsafe(Uri uri, bool accountInPath)
    {
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Fault("BACKUP_STORE has a user or a '#', which the address of a container has not");
        }

        var loopback = uri.IsLoopback || !IPAddress.TryParse(uri.Host, out _);
        if (uri.Scheme == "http" && !(accountInPath && loopback))
        {
            throw Fault("BACKUP_STORE is not encrypted: write https:// (http:// is for an emulator on this machine)");
        }

        if (uri.Query.Length <= 1)
        {
            return;
        }

        _ = new Secret(uri.Query);
        if (!SignaturePattern().IsMatch(uri.Query))
        {
            throw Fault("BACKUP_STORE has a query that is no shared access signature: sig= is missing");
        }

        if (BlobSignaturePattern().IsMatch(uri.Query))
        {
            throw Fault("BACKUP_STORE has the shared access signature of one blob: Belay needs one for the container");
        }
    }

    private static FolderStoreLocation Folder(Uri uri, StoreOptions options)
    {
        if (uri.OriginalString.IndexOfAny(['#', '?']) >= 0)
        {
            throw Fault("BACKUP_STORE has a '#' or '?' in the path of a folder, which an address cuts off: write %23 or %3F");
        }

        var folder = uri.LocalPath.Length > 1 ? uri.LocalPath.TrimEnd('/') : uri.LocalPath;
        if (uri.Host.Length > 0 || folder.Length <= 1)
        {
            throw Fault("BACKUP_STORE does not name a folder: write file:///folder, with three slashes");
        }

        return new FolderStoreLocation { Folder = folder, Prefix = JoinPrefix(options.Prefix) };
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerPattern();

    [GeneratedRegex("[?&]sig=[^&]")]
    private static partial Regex SignaturePattern();

    [GeneratedRegex("[?&]sr=b(&|$)")]
    private static partial Regex BlobSignaturePattern();
}
