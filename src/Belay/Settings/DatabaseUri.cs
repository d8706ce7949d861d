using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>Reads the address after <c>postgresql://</c>, as libpq does, into libpq's parameters.</summary>
internal static partial class DatabaseUri
{
    private static readonly string[] Drivers = ["psycopg2", "psycopg2cffi", "psycopg", "asyncpg", "pg8000"];

    /// <summary>Reads the parameters in their order.</summary>
    /// <param name="scheme">What stands before <c>://</c>.</param>
    /// <param name="rest">What stands after it.</param>
    /// <exception cref="SettingsException">The address cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string scheme, string rest)
    {
        RefuseOtherSchemes(scheme);
        RefuseRawCharacters(rest);
        var authorityEnd = rest.IndexOfAny(['/', '?']);
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var tail = authorityEnd < 0 ? "" : rest[authorityEnd..];
        var queryStart = tail.IndexOf('?', StringComparison.Ordinal);
        var path = queryStart < 0 ? tail : tail[..queryStart];
        var parameters = new List<KeyValuePair<string, string>>();
        ReadAuthority(authority, tail, parameters);
        Add(parameters, "dbname", path.TrimStart('/'), "the database's name");
        ReadQuery(queryStart < 0 ? "" : tail[(queryStart + 1)..], parameters);
        return parameters;
    }

    private static void RefuseOtherSchemes(string scheme)
    {
        var name = scheme.ToLowerInvariant();
        name = name.StartsWith("jdbc:", StringComparison.Ordinal) ? name[5..] : name;
        var parts = name.Split('+', 2);
        if (parts[0] is not ("postgresql" or "postgres") || (parts.Length == 2 && !Drivers.Contains(parts[1])))
        {
            throw DatabaseUrlFaults.Fault(
                $"DATABASE_URL has the unsupported scheme \"{name}\": it must be postgresql, postgres or postgresql+psycopg2");
        }
    }

    private static void RefuseRawCharacters(string rest)
    {
        if (rest.Contains('#', StringComparison.Ordinal))
        {
            throw DatabaseUrlFaults.Fault(
                "DATABASE_URL contains a '#' that is not percent-encoded: write %23 for it in user, password and database");
        }

        if (rest.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            throw DatabaseUrlFaults.Fault("DATABASE_URL contains a space or line break: write %20 for a space");
        }
    }

    private static void ReadAuthority(string authority, string tail, List<KeyValuePair<string, string>> parameters)
    {
        var at = authority.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0 && authority.LastIndexOf('@') != at)
        {
            throw DatabaseUrlFaults.Fault("DATABASE_URL has more than one '@': write %40 for an '@' in user or password");
        }

        if (at < 0 && tail.Contains('@', StringComparison.Ordinal))
        {
            throw DatabaseUrlFaults.Fault(
                "DATABASE_URL has a '/' or '?' before its '@': write %2F for a '/' and %3F for a '?' in user or password");
        }

        if (at >= 0)
        {
            var user = authority[..at].Split(':', 2);
            Add(parameters, "user", user[0], "the user");
            Add(parameters, "password", user.Length == 2 ? user[1] : "", "the password");
        }

        AddHosts(authority[(at + 1)..], parameters);
    }

    private static void AddHosts(string hosts, List<KeyValuePair<string, string>> parameters)
    {
        if (hosts.Length == 0)
        {
            return;
        }

        var addresses = hosts.Split(',').Select(SplitHost).ToList();
        parameters.Add(new("host", string.Join(',', addresses.Select(address => address.Name))));
        if (addresses.Any(address => address.Port.Length > 0))
        {
            parameters.Add(new("port", string.Join(',', addresses.Select(address => address.Port))));
        }
    }

    private static (string Name, string Port) SplitHost(string host)
    {
        var match = HostPattern().Match(host);
        if (!match.Success)
        {
            throw DatabaseUrlFaults.Fault(
                "DATABASE_URL has a host that cannot be read: write host:port, and an IPv6 address in brackets, [2001:db8::1]:5432");
        }

        return (Decode(match.Groups["name"].Value, "a host"), match.Groups["port"].Value);
    }

    private static void ReadQuery(string query, List<KeyValuePair<string, string>> parameters)
    {
        var hosts = new List<string>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length != 2)
            {
                throw DatabaseUrlFaults.Fault(
                    "DATABASE_URL has a parameter without a value after its '?': write name=value, with & between parameters");
            }

            var name = Decode(parts[0], "a parameter's name");
            var value = Decode(parts[1], $"parameter {ConnectionParameters.Shown(name)}");
            if (name == "host" && !value.StartsWith('/') && HostPattern().IsMatch(value))
            {
                hosts.Add(value);
            }
            else
            {
                parameters.Add(new(name, value));
            }
        }

        AddHosts(string.Join(',', hosts), parameters);
    }

    private static void Add(List<KeyValuePair<string, string>> parameters, string name, string encoded, string what)
    {
        if (encoded.Length > 0)
        {
            parameters.Add(new(name, Decode(encoded, what)));
        }
    }

    private static string Decode(string encoded, string what)
        => BadEscapePattern().IsMatch(encoded)
            ? throw DatabaseUrlFaults.Fault(
                $"DATABASE_URL has a '%' without two hexadecimal digits after it in {what}: write %25 for a '%'")
            : Uri.UnescapeDataString(encoded);

    [GeneratedRegex(@"^(\[(?<name>[0-9A-Fa-f:.%a-z]+)\]|(?<name>[^\[\]:]*))(:(?<port>[^:]*))?$")]
    private static partial Regex HostPattern();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})|%00")]
    private static partial Regex BadEscapePattern();
}
