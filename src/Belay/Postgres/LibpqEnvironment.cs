using System.Globalization;
using Belay.Postgres.Tokens;
using Belay.Settings;

namespace Belay.Postgres;

/// <summary>The environment in which a PostgreSQL program connects to the target database. The password
/// is in a file that disposing removes.</summary>
public sealed class LibpqEnvironment : IAsyncDisposable
{
    private static readonly Dictionary<string, string> VariableOfOption = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "PGSSLMODE", ["sslrootcert"] = "PGSSLROOTCERT", ["sslcert"] = "PGSSLCERT", ["sslkey"] = "PGSSLKEY",
        ["sslnegotiation"] = "PGSSLNEGOTIATION", ["channel_binding"] = "PGCHANNELBINDING", ["gssencmode"] = "PGGSSENCMODE",
        ["require_auth"] = "PGREQUIREAUTH", ["krbsrvname"] = "PGKRBSRVNAME", ["options"] = "PGOPTIONS", ["passfile"] = "PGPASSFILE",
        ["connect_timeout"] = "PGCONNECT_TIMEOUT", ["target_session_attrs"] = "PGTARGETSESSIONATTRS",
    };

    /// <summary>Every other variable that libpq reads ("Environment Variables" in its documentation):
    /// taken away from the program.</summary>
    private static readonly string[] Others =
    [
        "PGHOSTADDR",
        "PGSERVICE",
        "PGSERVICEFILE",
        "PGREQUIRESSL",
        "PGSSLCOMPRESSION",
        "PGSSLCERTMODE",
        "PGSSLCRL",
        "PGSSLCRLDIR",
        "PGSSLSNI",
        "PGREQUIREPEER", "PGSSLMINPROTOCOLVERSION", "PGSSLMAXPROTOCOLVERSION", "PGGSSLIB", "PGGSSDELEGATION", "PGCLIENTENCODING",
        "PGLOADBALANCEHOSTS",
        "PGDATESTYLE",
        "PGTZ",
        "PGGEQO",
        "PGSYSCONFDIR",
        "PGLOCALEDIR",
        "PGMINPROTOCOLVERSION",
        "PGMAXPROTOCOLVERSION",
    ];

    private readonly PgPassFile? passFile;
    private readonly PassFileRenewal? renewal;

    private LibpqEnvironment(IReadOnlyDictionary<string, string?> variables, PgPassFile? passFile, PassFileRenewal? renewal)
    {
        Variables = variables;
        this.passFile = passFile;
        this.renewal = renewal;
    }

    /// <summary>The variables to set; null takes one away from the program. No value is a secret.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>Makes the variables, and the password file when the target has a password.</summary>
    /// <param name="applicationName">The name in pg_stat_activity, for example <c>belay backup</c>.</param>
    public static async Task<LibpqEnvironment> CreateAsync(
        DatabaseTarget target, string applicationName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var now = await PasswordAsync(target, cancellationToken);
        var passFile = now.Password is null ? null : await PgPassFile.CreateAsync(now, cancellationToken);
        var variables = Describe(target);
        variables["PGAPPNAME"] = applicationName;
        if (passFile is not null)
        {
            variables["PGPASSFILE"] = passFile.Path;
            variables["PGPASSWORD"] = null;
        }

        var renewal = passFile is not null && target.Tokens is not null ? new PassFileRenewal(passFile, target) : null;
        return new LibpqEnvironment(variables, passFile, renewal);
    }

    /// <summary>The database for a program that takes a name with "=" for the text of a whole connection.</summary>
    internal static string NameOf(DatabaseTarget target)
        => $"dbname='{target.Database.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (renewal is not null)
        {
            await renewal.DisposeAsync();
        }

        passFile?.Dispose();
    }

    private static async Task<DatabaseTarget> PasswordAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await target.WithPasswordAsync(cancellationToken);
        }
        catch (TokenException exception)
        {
            throw new DatabaseUnreachableException(target, exception);
        }
    }

    private static Dictionary<string, string?> Describe(DatabaseTarget target)
    {
        var variables = Others.Concat(VariableOfOption.Values).ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        variables.Remove("PGPASSFILE");
        variables["PGHOST"] = string.Join(',', target.Hosts.Select(host => host.Name));
        variables["PGPORT"] = string.Join(',', target.Hosts.Select(host => host.Port.ToString(CultureInfo.InvariantCulture)));
        variables["PGUSER"] = target.Username;
        variables["PGDATABASE"] = target.Database;
        foreach (var (name, value) in target.Options.Where(option => VariableOfOption.ContainsKey(option.Key)))
        {
            variables[VariableOfOption[name]] = value;
        }

        UseSystemCertificates(target, variables);
        return variables;
    }

    /// <summary>Without a root certificate Npgsql checks against the system's; libpq would look for ~/.postgresql/root.crt and fail.
    /// "system" needs libpq 16.</summary>
    private static void UseSystemCertificates(DatabaseTarget target, Dictionary<string, string?> variables)
    {
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".postgresql", "root.crt");
        if (target.Options.GetValueOrDefault("sslmode") == "verify-full" && variables["PGSSLROOTCERT"] is null && !File.Exists(own))
        {
            variables["PGSSLROOTCERT"] = "system";
        }
    }
}
