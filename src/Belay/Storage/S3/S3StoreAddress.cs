using System.Net;
using System.Text.RegularExpressions;
using Belay.Settings;

namespace Belay.Storage.S3;

/// <summary>Reads <c>s3://bucket[/prefix]</c> and the variables of AWS that say where the bucket is and who may enter.</summary>
internal static partial class S3StoreAddress
{
    private const string Scheme = "s3://";

    private const string KeyHint = "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…, or neither to use a profile or the machine's role";

    /// <summary>Whether a text is meant as the address of a bucket.</summary>
    public static bool Looks(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bucket.</summary>
    /// <param name="options">What the address does not say.</param>
    /// <exception cref="SettingsException">It cannot be read, or a variable that it needs is wrong.</exception>
    public static S3StoreLocation Read(string text, StoreOptions options)
    {
        var rest = text[Scheme.Length..];
        RefuseUnsafe(rest);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return new S3StoreLocation
        {
            Bucket = BucketName(slash < 0 ? rest : rest[..slash]),
            Prefix = StoreAddress.JoinPrefix(slash < 0 ? "" : rest[slash..], options.Prefix),
            Access = ReadAccess(options.Variable),
        };
    }

    private static void RefuseUnsafe(string rest)
    {
        if (rest.AsSpan().IndexOfAny('?', '#') is >= 0 and var query)
        {
            _ = new Secret(rest[query..]);
            throw StoreAddress.Fault("BACKUP_STORE has a query or a '#', which the address of a bucket has not");
        }

        if (rest.Split('/')[0].AsSpan().IndexOfAny('@', ':') >= 0)
        {
            _ = new Secret(rest);
            throw new SettingsException(
                "BACKUP_STORE has a user or a port, which the address of a bucket has not",
                "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… for a key, AWS_ENDPOINT_URL=https://host:port for a server; then "
                    + "BACKUP_STORE=s3://bucket/prefix");
        }
    }

    private static string BucketName(string name)
        => BucketPattern().IsMatch(name) && !IPAddress.TryParse(name, out _)
            ? name
            : throw StoreAddress.Fault(
                $"BACKUP_STORE has the bucket \"{name}\": it must be 3 to 63 lower-case letters, digits, hyphens and single dots, and no "
                    + "IP address");

    private static S3Access ReadAccess(Func<string, string?> variable)
    {
        var (id, key, token) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN"));
        if (id is null != key is null)
        {
            throw new SettingsException(
                $"AWS_{(id is null ? "SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID" : "ACCESS_KEY_ID is set without "
                    + "AWS_SECRET_ACCESS_KEY")}", KeyHint);
        }

        return new S3Access
        {
            Endpoint = ReadEndpoint(variable),
            Region = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION"),
            Profile = variable("AWS_PROFILE"),
            AccessKeyId = id,
            SecretAccessKey = key is null ? null : new Secret(key),
            SessionToken = token is null ? null : new Secret(token),
        };
    }

    private static Uri? ReadEndpoint(Func<string, string?> variable)
    {
        var name = variable("AWS_ENDPOINT_URL_S3") is null ? "AWS_ENDPOINT_URL" : "AWS_ENDPOINT_URL_S3";
        if (variable(name) is not { } text)
        {
            return null;
        }

        const string Hint = "export AWS_ENDPOINT_URL=https://host:port, without a bucket or a key";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http")
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0
            || uri.UserInfo.Length > 0)
        {
            _ = new Secret(text);
            throw new SettingsException($"{name} is not the address of a server (https://host:port)", Hint);
        }

        var nearby = uri.IsLoopback || (!uri.Host.Contains('.', StringComparison.Ordinal) && uri.HostNameType == UriHostNameType.Dns);
        return uri.Scheme == "https" || nearby
            ? uri
            : throw new SettingsException(
                $"{name} is not encrypted: write https:// (http:// is for a server on this machine or in its own network, by a name "
                    + "without dots)", Hint);
    }

    [GeneratedRegex(@"^(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$")]
    private static partial Regex BucketPattern();
}
