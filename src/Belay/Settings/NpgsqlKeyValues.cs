using System.Data.Common;

namespace Belay.Settings;

/// <summary>Reads Npgsql's <c>Host=…;Database=…</c> into libpq's parameters.</summary>
internal static class NpgsqlKeyValues
{
    /// <summary>Npgsql's keywords without spaces in lower case, and libpq's names for them.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["host"] = "host", ["server"] = "host", ["port"] = "port",
        ["database"] = "dbname", ["db"] = "dbname",
        ["username"] = "user", ["userid"] = "user", ["uid"] = "user", ["user"] = "user",
        ["password"] = "password", ["psw"] = "password", ["pwd"] = "password", ["passfile"] = "passfile",
        ["sslmode"] = "sslmode", ["sslcertificate"] = "sslcert", ["sslkey"] = "sslkey", ["sslpassword"] = "sslpassword",
        ["rootcertificate"] = "sslrootcert", ["sslnegotiation"] = "sslnegotiation", ["channelbinding"] = "channel_binding",
        ["gssencryptionmode"] = "gssencmode", ["kerberosservicename"] = "krbsrvname", ["requireauth"] = "require_auth",
        ["options"] = "options", ["timeout"] = "connect_timeout", ["targetsessionattributes"] = "target_session_attrs",
        ["applicationname"] = "application_name", ["clientencoding"] = "client_encoding", ["keepalive"] = "keepalives_idle",
        ["checkcertificaterevocation"] = "sslcrl",
    };

    /// <summary>Keywords about pooling, time-outs of commands and the like; Belay's connections have their own.</summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal)
    {
        "pooling", "minimumpoolsize", "minpoolsize", "maximumpoolsize", "maxpoolsize", "connectionidlelifetime", "connectionlifetime",
        "connectionpruninginterval",
        "commandtimeout",
        "internalcommandtimeout",
        "cancellationtimeout",
        "enlist",
        "encoding",
        "multiplexing",
        "includeerrordetail", "logparameters", "noresetonclose", "maxautoprepare", "autoprepareminusages", "persistsecurityinfo",
        "readbuffersize",
        "writebuffersize",
        "loadtablecomposites",
        "tcpkeepalive",
        "trustservercertificate",
        "loadbalancehosts",
        "hostrecheckseconds",
    };

    private static readonly Dictionary<string, string> SslModes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VerifyCA"] = "verify-ca", ["VerifyFull"] = "verify-full",
    };

    /// <summary>Reads the parameters in their order.</summary>
    /// <exception cref="SettingsException">It cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string text)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (keyword, value) in Pairs(text))
        {
            var key = keyword.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            if (Names.TryGetValue(key, out var name))
            {
                parameters.AddRange(Translate(name, value));
            }
            else if (!WithoutEffect.Contains(key))
            {
                throw DatabaseUrlFaults.Fault(
                    $"DATABASE_URL has the parameter {ConnectionParameters.Shown(keyword)}, which Belay does not know");
            }
        }

        return parameters;
    }

    private static IEnumerable<(string Keyword, string Value)> Pairs(string text)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw DatabaseUrlFaults.Fault(
                "DATABASE_URL is not a list of Name=Value pairs with semicolons: put a value with ; or quotes into double quotes");
        }

        return pairs.Keys.Cast<string>().Select(keyword => (keyword, (string)pairs[keyword]));
    }

    private static IEnumerable<KeyValuePair<string, string>> Translate(string name, string value) => name switch
    {
        "sslmode" => [new(name, SslModes.GetValueOrDefault(value, value.ToLowerInvariant()))],
        "gssencmode" or "channel_binding" or "sslnegotiation" => [new(name, value.ToLowerInvariant())],
        "target_session_attrs" => [new(name, value.ToLowerInvariant())],
        "require_auth" => [new(name, value.ToLowerInvariant().Replace("scramsha256", "scram-sha-256", StringComparison.Ordinal))],
        "sslcrl" when value.Equals("false", StringComparison.OrdinalIgnoreCase) => [],
        "host" when value.Split(',').Any(host => !host.StartsWith('/') && host.Contains(':', StringComparison.Ordinal)) => Hosts(value),
        _ => [new(name, value)],
    };

    private static IEnumerable<KeyValuePair<string, string>> Hosts(string value)
    {
        var hosts = value.Split(',')
            .Select(host => host.Trim())
            .Select(host => IsWholeAddress(host) ? (Name: host, Port: "") : Split(host))
            .ToList();
        yield return new("host", string.Join(',', hosts.Select(host => host.Name.Trim('[', ']'))));
        if (hosts.Any(host => host.Port.Length > 0))
        {
            yield return new("port", string.Join(',', hosts.Select(host => host.Port)));
        }
    }

    private static bool IsWholeAddress(string host)
        => host.EndsWith(']')
            || !host.Contains(':', StringComparison.Ordinal)
            || (!host.StartsWith('[') && host.Count(character => character == ':') > 1);

    private static (string Name, string Port) Split(string host)
    {
        var colon = host.LastIndexOf(':');
        return (host[..colon], host[(colon + 1)..]);
    }
}
