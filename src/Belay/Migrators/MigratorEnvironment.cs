using Belay.Postgres;
using Belay.Settings;

namespace Belay.Migrators;

/// <summary>How a migrator learns of the database: by its environment, never by its arguments, which
/// every user of the machine can read.</summary>
internal static class MigratorEnvironment
{
    /// <summary>The name of libpq's sessions in pg_stat_activity.</summary>
    public const string ApplicationName = "belay migrator";

    /// <summary>The variables to set; null takes one away. A migrator has no business with backups, their store and key,
    /// or the login.</summary>
    /// <param name="libpq">The variables of libpq's programs, with the password in a file.</param>
    public static Dictionary<string, string?> Of(LibpqEnvironment libpq, DatabaseTarget target)
        => ChildEnvironment.WithoutOwn(
            new Dictionary<string, string?>(libpq.Variables) { ["DATABASE_URL"] = target.Address?.Reveal() ?? DatabaseAddress.Of(target) });
}
