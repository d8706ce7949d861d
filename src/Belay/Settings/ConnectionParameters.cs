using System.Globalization;

namespace Belay.Settings;

/// <summary>What Belay makes of libpq's connection parameters.</summary>
/// <remarks>
/// A parameter is used by Npgsql and by pg_dump alike, has no effect and says so here, or is refused.
/// One that protects the connection is never dropped.
/// </remarks>
internal static class ConnectionParameters
{
    private static readonly Dictionary<string, string[]> Choices = new(StringComparer.Ordinal)
    {
        ["sslmode"] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
        ["target_session_attrs"] = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"],
        ["channel_binding"] = ["disable", "prefer", "require"],
        ["gssencmode"] = ["disable", "prefer", "require"],
        ["sslnegotiation"] = ["postgres", "direct"],
    };

    /// <summary>libpq's names; Npgsql knows them too.</summary>
    private static readonly string[] AuthenticationMethods = ["password", "md5", "gss", "sspi", "scram-sha-256", "none"];

    private static readonly HashSet<string> Free = new(StringComparer.Ordinal)
    {
        "sslrootcert", "sslcert", "sslkey", "options", "passfile", "krbsrvname", "connect_timeout",
    };

    /// <summary>Names of the client, keepalives and encodings: Belay has its own, and none of them guards anything.</summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal)
    {
        "application_name", "fallback_application_name", "ApplicationName", "client_encoding", "keepalives", "keepalives_idle",
        "keepalives_interval", "keepalives_count", "tcp_user_timeout", "load_balance_hosts", "sslcompression",
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["hostaddr"] = "write the address as host",
        ["service"] = "write out what the service file says",
        ["servicefile"] = "write out what the service file says",
        ["sslpassword"] = "pg_dump cannot be given it safely; use a key file without a password, readable by its owner only",
        ["pgbouncer"] = "Belay needs the server's own address, not a pooler's",
        ["schema"] = "use options=-csearch_path%3Dname",
        ["replication"] = "Belay needs an ordinary connection",
    };

    /// <summary>The target that the parameters describe; a later parameter of the same name wins, as in libpq.</summary>
    /// <param name="parameters">Parameters by libpq's names, in their order.</param>
    /// <exception cref="SettingsException">Lists every fault, without values that may be secret.</exception>
    public static DatabaseTarget ToTarget(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.Select(Rename))
        {
            all[name] = value;
        }

        var faults = new List<string>();
        var target = new DatabaseTarget
        {
            Hosts = DatabaseHosts.Read(Take(all, "host"), Take(all, "port"), faults),
            Database = Required(all, "dbname", "a database", faults),
            Username = Required(all, "user", "a user", faults),
            Password = Take(all, "password") is { Length: > 0 } password ? ReadPassword(password, faults) : null,
            Options = ReadOptions(all, faults),
        };
        return faults.Count == 0 ? target : throw new SettingsException(faults, DatabaseUrlFaults.Hint);
    }

    /// <summary>A parameter's name for a message: only if it looks like one, for a broken address can put anything in its place.</summary>
    /// <param name="name">What stands before the equals sign.</param>
    public static string Shown(string name)
        => name.Length is > 0 and <= 30 && name.All(character => char.IsAsciiLetter(character) || character is '_' or ' ')
            ? $"\"{name}\""
            : "with an unreadable name";

    private static KeyValuePair<string, string> Rename(KeyValuePair<string, string> parameter) => parameter switch
    {
        { Key: "ssl", Value: "true" or "True" or "1" } => new("sslmode", "verify-full"),
        { Key: "ssl", Value: "false" or "False" or "0" } => new("sslmode", "disable"),
        { Key: "ssl" } => new("sslmode", parameter.Value),
        { Key: "database" } => new("dbname", parameter.Value),
        { Key: "username" } => new("user", parameter.Value),
        _ => parameter,
    };

    private static string? Take(Dictionary<string, string> all, string name) => all.Remove(name, out var value) ? value : null;

    private static string Required(Dictionary<string, string> all, string name, string what, List<string> faults)
    {
        var value = Take(all, name);
        if (string.IsNullOrEmpty(value))
        {
            faults.Add($"DATABASE_URL does not name {what}");
        }

        return value ?? "";
    }

    /// <summary>A line of a pgpass file cannot hold a line break, so pg_dump could not be given it.</summary>
    private static Secret ReadPassword(string password, List<string> faults)
    {
        if (password.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
        {
            faults.Add("DATABASE_URL has a line break in the password");
        }

        return new Secret(password);
    }

    private static Dictionary<string, string> ReadOptions(Dictionary<string, string> all, List<string> faults)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in all.Where(parameter => !WithoutEffect.Contains(parameter.Key)))
        {
            if (Fault(name, value) is { } fault)
            {
                faults.Add(fault);
            }
            else if (value.Length > 0)
            {
                options[name] = value;
            }
        }

        return options;
    }

    private static string? Fault(string name, string value)
    {
        if (Choices.TryGetValue(name, out var choices))
        {
            return choices.Contains(value) ? null : $"DATABASE_URL has a {name} that is none of {string.Join(", ", choices)}";
        }

        if (name == "require_auth")
        {
            return value.Split(',').All(method => AuthenticationMethods.Contains(method.Trim().TrimStart('!')))
                ? null
                : $"DATABASE_URL has a require_auth with something else than {string.Join(", ", AuthenticationMethods)}";
        }

        if (name == "connect_timeout")
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? null
                : "DATABASE_URL has a connect_timeout that is not a whole number of seconds";
        }

        if (Free.Contains(name))
        {
            return null;
        }

        return Refused.TryGetValue(name, out var instead)
            ? $"DATABASE_URL has the parameter \"{name}\", which Belay does not support: {instead}"
            : $"DATABASE_URL has the parameter {Shown(name)}, which Belay does not know";
    }
}
