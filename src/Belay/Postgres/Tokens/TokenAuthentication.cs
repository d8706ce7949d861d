using System.Text.RegularExpressions;
using Amazon.Runtime.Credentials;
using Azure.Identity;
using Belay.Settings;
using Belay.Settings.Tokens;

namespace Belay.Postgres.Tokens;

/// <summary>Gives a database the issuer of its passwords, where it is to be reached without one of its own.</summary>
internal static partial class TokenAuthentication
{
    private static readonly string[] Encrypted = ["require", "verify-ca", "verify-full"];

    /// <summary>The database with its issuer. Nobody is asked for a token yet.</summary>
    /// <param name="target">As <c>DATABASE_URL</c> says.</param>
    /// <param name="option">How the parameter is typed.</param>
    /// <exception cref="SettingsException">A password is given besides, or the token would cross the network readable.</exception>
    public static DatabaseTarget Apply(
        DatabaseTarget target, DatabaseAuthentication authentication, string option, SettingsInput input)
    {
        if (authentication == DatabaseAuthentication.Password)
        {
            return target;
        }

        Demand(target, option, input.Variable);
        ITokenSource source = authentication == DatabaseAuthentication.Entra
            ? new EntraTokens(new DefaultAzureCredential())
            : Rds(target, option, input);
        return target with { Tokens = new DatabaseTokens(source, input.TimeProvider) };
    }

    private static void Demand(DatabaseTarget target, string option, Func<string, string?> variable)
    {
        var faults = new SettingsFaults();
        if (target.Password is not null || target.Options.ContainsKey("passfile"))
        {
            faults.Add(
                $"DATABASE_URL has a password, which {option} would not use",
                $"take the password out of DATABASE_URL, or {option} password");
        }

        if (variable("PGPASSWORD") is not null)
        {
            faults.Add($"PGPASSWORD is set, which {option} would not use", $"unset PGPASSWORD, or {option} password");
        }

        if (!Encrypted.Contains(target.Options.GetValueOrDefault("sslmode")) && target.Options.GetValueOrDefault("sslrootcert") != "system")
        {
            faults.Add(
                $"With {option} the connection must be encrypted: whoever reads the token can connect with it",
                "add sslmode=verify-full to DATABASE_URL (or verify-ca, or require)");
        }

        faults.ThrowIfAny();
    }

    private static RdsTokens Rds(DatabaseTarget target, string option, SettingsInput input)
    {
        if (target.Hosts is not [var host] || host.Name.StartsWith('/'))
        {
            throw new SettingsException(
                $"With {option} aws-iam DATABASE_URL must name one host: the token is signed for it",
                "name the instance's or cluster's endpoint");
        }

        var region = RegionOf(host.Name) ?? input.Variable("AWS_REGION") ?? input.Variable("AWS_DEFAULT_REGION")
            ?? throw new SettingsException(
                $"With {option} aws-iam the server's region must be known, and \"{host.Name}\" does not name it",
                "export AWS_REGION=eu-central-1 (the server's region)");
        return new RdsTokens(target, region, () => DefaultAWSCredentialsIdentityResolver.GetCredentials(), input.TimeProvider);
    }

    internal static string? RegionOf(string host)
        => RegionPattern().Match(host) is { Success: true } match ? match.Groups["region"].Value.ToLowerInvariant() : null;

    [GeneratedRegex(@"\.(?<region>[a-z]{2}(-[a-z]+)+-\d)\.rds\.amazonaws\.com(\.cn)?$", RegexOptions.IgnoreCase)]
    private static partial Regex RegionPattern();
}
