using Belay.Postgres;
using Belay.Settings;

namespace Belay.Servers;

/// <summary>What a server of others must be, so that a backup can be tried out there.</summary>
internal sealed record ScratchDemand
{
    /// <summary>The major version of the backup's server.</summary>
    public required int Major { get; init; }

    /// <summary>The system identifiers of the servers that are released to.</summary>
    public required IReadOnlyList<string> Productive { get; init; }

    /// <summary>The time now, for the database's name.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Refuses another server.</summary>
    /// <param name="mayCreate">Whether this role may make databases there, and the server writes.</param>
    /// <exception cref="SettingsException">It is not such a server.</exception>
    public void Demand(string systemIdentifier, int major, bool mayCreate)
    {
        if (systemIdentifier == DatabaseReader.UnknownSystem)
        {
            throw Refusal(
                "does not tell its system identifier to this role, so that it might be the one that is released to",
                "GRANT EXECUTE ON FUNCTION pg_control_system() TO the role, there");
        }

        if (Productive.All(productive => productive == DatabaseReader.UnknownSystem))
        {
            throw Refusal(
                "may be the one that is released to, which tells its system identifier neither in the backup nor to the role of "
                    + "DATABASE_URL",
                "GRANT EXECUTE ON FUNCTION pg_control_system() TO the role of DATABASE_URL, there; without SCRATCH_URL a server is started "
                    + "on this machine");
        }

        if (Productive.Contains(systemIdentifier, StringComparer.Ordinal))
        {
            throw Refusal(
                $"is the server that is released to, or a copy of it: both have the system identifier {systemIdentifier}",
                "name a server of its own; without SCRATCH_URL one is started on this machine");
        }

        if (major != Major)
        {
            throw Refusal($"is PostgreSQL {major}, and the backup is of {Major}", $"name a server of PostgreSQL {Major}");
        }

        if (!mayCreate)
        {
            throw Refusal(
                "is a standby, or the role of SCRATCH_URL may make no databases there",
                "name a primary, and ALTER ROLE … CREATEDB there");
        }
    }

    private static SettingsException Refusal(string what, string hint)
        => new($"The server of SCRATCH_URL {what}. Nothing was touched.", hint);
}
