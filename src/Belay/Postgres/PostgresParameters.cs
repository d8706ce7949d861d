using Belay.Settings;

namespace Belay.Postgres;

/// <summary>What says which of PostgreSQL's programs run.</summary>
internal static class PostgresParameters
{
    /// <summary>The folder with the programs.</summary>
    public static Parameter<string?> PgBin { get; } =
        Declare.Variable("pg-bin", "The folder with pg_dump and pg_restore, where they shall not be searched for");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [PgBin];
}
