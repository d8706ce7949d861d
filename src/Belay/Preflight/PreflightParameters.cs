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

    /// <summary>What a schema means that is not as the last release left it.</summary>
    internal static Parameter<DriftPolicy> Drift { get; } = Declare.Choice(
        "drift",
        "What happens when the schema is not as the last release left it: refuse, warn or ignore",
        DriftPolicy.Warn,
        DriftPolicy.Refuse,
        DriftPolicy.Warn,
        DriftPolicy.Ignore);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [DatabaseUrl, PgPassword, Drift];
}
