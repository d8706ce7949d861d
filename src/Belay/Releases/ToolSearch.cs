using Belay.Postgres;
using Belay.Preflight;

namespace Belay.Releases;

/// <summary>Finds PostgreSQL's programs where preflight did not run.</summary>
internal static class ToolSearch
{
    /// <summary>The newest set of programs on this machine.</summary>
    /// <exception cref="PreflightException">There is none.</exception>
    public static async Task<PostgresTools> NewestAsync(CancellationToken cancellationToken)
        => await PostgresInstallations.FindAsync(cancellationToken) is [var newest, ..]
            ? newest
            : throw new PreflightException(
                [
                    new Finding(
                        FindingSeverity.Refusal,
                        "No pg_dump and pg_restore were found on this machine",
                        "install PostgreSQL's client programs, or name their folder in PG_BIN"),
                ]);
}
