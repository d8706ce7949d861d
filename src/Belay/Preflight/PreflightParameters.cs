using Belay.Schema;
using Belay.Settings;

namespace Belay.Preflight;

/// <summary>What preflight can be told.</summary>
public static class PreflightParameters
{
    /// <summary>The target database's address.</summary>
    public static Parameter<string?> DatabaseUrl { get; } =
        Declare.Secret("database-url", "The database that is released to: postgresql://owner:password@host:5432/app?sslmode=verify-full");

    /// <summary>The owner's password.</summary>
    public static Parameter<string?> PgPassword { get; } = Declare.Secret("pgpassword", "The password, where DATABASE_URL has none");

    /// <summary>What the owner shows the server.</summary>
    public static Parameter<DatabaseAuthentication> DatabaseAuth { get; } = Declare.Choice(
        "database-auth",
        "How the owner logs in: password; or with a token, DATABASE_URL then having no password: entra (Azure) or aws-iam (RDS, Aurora)",
        DatabaseAuthentication.Password,
        DatabaseAuthentication.Password,
        DatabaseAuthentication.Entra,
        DatabaseAuthentication.AwsIam);

    /// <summary>What a schema means that is not as the last release left it.</summary>
    internal static Parameter<DriftPolicy> Drift { get; } = Declare.Choice(
        "drift",
        "What happens when the schema is not as the last release left it: refuse, warn or ignore",
        DriftPolicy.Warn,
        DriftPolicy.Refuse,
        DriftPolicy.Warn,
        DriftPolicy.Ignore);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [DatabaseUrl, PgPassword, DatabaseAuth, Drift];
}
