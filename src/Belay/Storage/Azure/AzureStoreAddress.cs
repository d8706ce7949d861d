using System.Net;
using System.Text.RegularExpressions;
using Belay.Settings;

namespace Belay.Storage.Azure;

/// <summary>Reads a container's address: <c>https://account.blob.core.windows.net/container[/prefix][?signature]</c>.</summary>
internal static partial class AzureStoreAddress
{
    /// <summary>The container of an address; the account may stand in the path, as emulators have it.</summary>
    /// <exception cref="SettingsException">No container is named, or the way to it is not safe.</exception>
    public static AzureStoreLocation Read(Uri uri, StoreOptions options)
    {
        var path = Uri.UnescapeDataString(uri.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var accountInPath = uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            || !uri.Host.Contains('.', StringComparison.Ordinal);
        RefuseUnsafe(uri, accountInPath);
        var containerAt = accountInPath ? 1 : 0;
        if (path.Length <= containerAt)
        {
            throw StoreAddress.Fault("BACKUP_STORE does not name a container");
        }

        var container = ContainerName(path[containerAt]);
        var address = new Uri(uri.GetLeftPart(UriPartial.Authority) + (accountInPath ? $"/{path[0]}" : "") + $"/{container}");
        return new AzureStoreLocation
        {
            Account = accountInPath ? path[0] : uri.Host.Split('.')[0],
            Container = container,
            SignedContainerUri = uri.Query.Length > 1 ? new Secret(address + uri.Query) : null,
            ContainerUri = uri.Query.Length > 1 ? null : address,
            Prefix = StoreAddress.JoinPrefix(string.Join('/', path.Skip(containerAt + 1)), options.Prefix),
        };
    }

    /// <summary>A container's name by Azure's rules, or a fault.</summary>
    public static string ContainerName(string name)
        => ContainerPattern().IsMatch(name)
            ? name
            : throw StoreAddress.Fault(
                $"BACKUP_STORE has the container \"{name}\": it must be 3 to 63 lower-case letters, digits and single hyphens");

    private static void RefuseUnsafe(Uri uri, bool accountInPath)
    {
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            throw StoreAddress.Fault("BACKUP_STORE has a user or a '#', which the address of a container has not");
        }

        var loopback = uri.IsLoopback || !IPAddress.TryParse(uri.Host, out _);
        if (uri.Scheme == "http" && !(accountInPath && loopback))
        {
            throw StoreAddress.Fault("BACKUP_STORE is not encrypted: write https:// (http:// is for an emulator on this machine)");
        }

        if (uri.Query.Length > 1)
        {
            RefuseOtherSignature(new Secret(uri.Query));
        }
    }

    private static void RefuseOtherSignature(Secret query)
    {
        if (!SignaturePattern().IsMatch(query.Reveal()))
        {
            throw StoreAddress.Fault("BACKUP_STORE has a query that is no shared access signature: sig= is missing");
        }

        if (BlobSignaturePattern().IsMatch(query.Reveal()))
        {
            throw StoreAddress.Fault("BACKUP_STORE has the shared access signature of one blob: Belay needs one for the container");
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerPattern();

    [GeneratedRegex("[?&]sig=[^&]")]
    private static partial Regex SignaturePattern();

    [GeneratedRegex("[?&]sr=b(&|$)")]
    private static partial Regex BlobSignaturePattern();
}
