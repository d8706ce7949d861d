using System.Text.RegularExpressions;

namespace Belay.Settings;

/// <summary>The environment's variables that hold secrets. All are masked from the first line on, whatever the run needs:
/// any server may echo any of them.</summary>
internal static partial class SecretVariables
{
    private const int ShortestOfOthers = 8;
    private const string Headers = "SMOKE_HEADER";

    private static readonly string[] OpenHeaders = ["Content-Type", "Accept"];

    /// <summary>Variables that are secret as a whole: Belay's own, and those of the SDKs and of PostgreSQL's programs.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "DATABASE_URL", "SCRATCH_URL", "BACKUP_STORE", "BACKUP_KEY", "RECORD_KEY", "SMOKE_PASSWORD", "WEBHOOK_URL", Headers,
        "PGPASSWORD", "PGSSLPASSWORD",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        "AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGE_KEY", "AZURE_STORAGE_SAS_TOKEN", "AZURE_CLIENT_SECRET",
        "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "IDENTITY_HEADER", "MSI_SECRET", "SYSTEM_ACCESSTOKEN",
    };

    /// <summary>Has every secret of the environment masked from now on.</summary>
    /// <returns>A warning for each of Belay's secrets that is too short to be masked everywhere.</returns>
    public static IReadOnlyList<string> Remember(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var (name, value) in environment)
        {
            foreach (var secret in SecretsOf(name, value))
            {
                Redaction.Remember(secret);
            }
        }

        RememberLogin(environment);
        return [.. environment.Where(variable => Known.Contains(variable.Key)).SelectMany(Warnings)];
    }

    private static IEnumerable<string> SecretsOf(string name, string value)
        => name.Equals(Headers, StringComparison.OrdinalIgnoreCase) ? SecretsOfHeaders(value).Prepend(value)
            : CollectorHeaders().IsMatch(name) ? SecretsOfCollector(value).Prepend(value)
            : IsSecret(name, value) ? [value]
            : SecretParts.PasswordsOfAddresses(value);

    /// <summary>The value of each header, and what stands behind a scheme in it: <c>Bearer …</c>.</summary>
    private static IEnumerable<string> SecretsOfHeaders(string text)
        => text.Split('\n').Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(header => header.Length == 2 && !OpenHeaders.Contains(header[0], StringComparer.OrdinalIgnoreCase))
            .SelectMany(header => new[] { header[1], header[1].Split(' ')[^1] })
            .Where(value => value.Length >= ShortestOfOthers);

    /// <summary>The value of each header for a collector: <c>name=value,name=value</c>, with the escapes of an address.</summary>
    private static IEnumerable<string> SecretsOfCollector(string text)
        => text.Split(',').Select(header => header.Split('=', 2)[^1].Trim())
            .SelectMany(value => new[] { value, Uri.UnescapeDataString(value) })
            .SelectMany(value => new[] { value, value.Split(' ')[^1] })
            .Where(value => value.Length >= ShortestOfOthers);

    /// <summary>A store's address is secret only when it is signed or a connection string; a folder's
    /// name in every message is to be read.</summary>
    private static bool IsSecret(string name, string value) => name.ToUpperInvariant() switch
    {
        "BACKUP_STORE" => SecretParameters.Holds(value),
        var upper when Known.Contains(upper) => true,
        var upper => value.Trim().Length >= ShortestOfOthers && OtherName().IsMatch(upper) && !value.StartsWith('/'),
    };

    /// <summary>A short password is not recognised in base64 by itself, but with the user before it.</summary>
    private static void RememberLogin(IReadOnlyDictionary<string, string> environment)
    {
        var password = environment.GetValueOrDefault("SMOKE_PASSWORD", "");
        if (password.Length is > 0 and < Redaction.ShortestMaskedAnywhere && environment.TryGetValue("SMOKE_USERNAME", out var user))
        {
            Redaction.Remember($"{user}:{password}");
        }
    }

    private static IEnumerable<string> Warnings(KeyValuePair<string, string> variable)
    {
        var passwords = variable.Key.Equals("DATABASE_URL", StringComparison.OrdinalIgnoreCase)
            ? SecretParts.PasswordsOfAddresses(variable.Value).Take(1).ToList()
            : [variable.Value.Trim()];
        return passwords.Where(password => password.Length is > 0 and < Redaction.ShortestMaskedAnywhere).Select(password
            =>
                $"The secret in {variable.Key} has {Quantity.Count(password.Length, "character")}: in output and records it is masked "
                    + "only where it stands as a whole value. "
                    + $"Choose one of {Redaction.ShortestMaskedAnywhere} or more.");
    }

    [GeneratedRegex("^OTEL_EXPORTER_OTLP_(?:TRACES_|METRICS_|LOGS_)?HEADERS$", RegexOptions.IgnoreCase)]
    private static partial Regex CollectorHeaders();

    [GeneratedRegex("(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherName();
}
