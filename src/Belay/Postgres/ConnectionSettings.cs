using System.Globalization;
using Belay.Settings;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Turns a target database into Npgsql's connection settings.</summary>
internal static class ConnectionSettings
{
    /// <summary>The longest connection time-out that Npgsql takes, in seconds.</summary>
    private const int LongestTimeout = 1024;

    /// <summary>libpq's names of authentication methods, and Npgsql's.</summary>
    private static readonly Dictionary<string, string> Methods = new(StringComparer.Ordinal)
    {
        ["password"] = "Password",
        ["md5"] = "MD5",
        ["gss"] = "GSS",
        ["sspi"] = "SSPI",
        ["scram-sha-256"] = "ScramSHA256",
        ["none"] = "None",
    };

    /// <summary>The settings for a target: unpooled, with details of errors. Every option of the target is expressed.</summary>
    public static NpgsqlConnectionStringBuilder From(DatabaseTarget target)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', target.Hosts.Select(host => Address(host, target.Hosts.Count))),
            Port = target.Hosts[0].Port,
            Database = target.Database,
            Username = target.Username,
            Password = target.Password?.Reveal(),
            Pooling = false,
            IncludeErrorDetail = true,
            IncludeFailedBatchedCommand = true,
            KeepAlive = 30,
            CommandTimeout = 0,

            // Npgsql uses what was prepared for a session only where it may prepare by itself, which it never does after so many uses.
            MaxAutoPrepare = 1,
            AutoPrepareMinUsages = int.MaxValue,
        };
        foreach (var (name, value) in target.Options)
        {
            Apply(settings, name, value);
        }

        return WithCertificates(settings, target);
    }

    /// <summary>A socket folder has no port in Npgsql's list; the one of <c>Port</c> counts for it.</summary>
    private static string Address(DatabaseHost host, int count) => host.Name.StartsWith('/') || count == 1 ? host.Name : host.ToString();

    private static void Apply(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        switch (name)
        {
            case "sslmode": settings.SslMode = Enum.Parse<SslMode>(Words(value), ignoreCase: true); break;
            case "sslcert": settings.SslCertificate = value; break;
            case "sslkey": settings.SslKey = value; break;
            case "sslnegotiation": settings.SslNegotiation = Enum.Parse<SslNegotiation>(value, ignoreCase: true); break;
            case "channel_binding": settings.ChannelBinding = Enum.Parse<ChannelBinding>(value, ignoreCase: true); break;
            case "gssencmode": settings.GssEncryptionMode = Enum.Parse<GssEncryptionMode>(value, ignoreCase: true); break;
            case "require_auth": settings.RequireAuth = string.Join(',', value.Split(',').Select(Method)); break;
            case "krbsrvname": settings.KerberosServiceName = value; break;
            case "options": settings.Options = value; break;
            case "passfile": settings.Passfile = value; break;
            case "connect_timeout": settings.Timeout = Math.Min(int.Parse(value, CultureInfo.InvariantCulture), LongestTimeout); break;
            case "target_session_attrs"
                when settings.Host!.Contains(',', StringComparison.Ordinal): settings.TargetSessionAttributes = value; break;
            default: break;
        }
    }

    /// <summary>With a root certificate, libpq's "require" checks the chain (its documentation,
    /// "Protection Provided in Different Modes"); so does Belay.</summary>
    private static NpgsqlConnectionStringBuilder WithCertificates(NpgsqlConnectionStringBuilder settings, DatabaseTarget target)
    {
        if (!target.Options.TryGetValue("sslrootcert", out var root))
        {
            return settings;
        }

        if (root == "system")
        {
            settings.SslMode = SslMode.VerifyFull;
            return settings;
        }

        settings.RootCertificate = root;
        settings.SslMode = settings.SslMode == SslMode.Require ? SslMode.VerifyCA : settings.SslMode;
        return settings;
    }

    private static string Method(string name)
        => name.Trim() is var trimmed && trimmed.StartsWith('!') ? "!" + Methods[trimmed[1..]] : Methods[trimmed];

    private static string Words(string value) => value.Replace("-", "", StringComparison.Ordinal);
}
