using Belay.Postgres;

namespace Belay.Preflight;

/// <summary>Chooses the PostgreSQL programs for a backup. pg_dump refuses a server newer than itself.</summary>
internal static class ToolChoice
{
    /// <summary>
    /// The first programs of the server's own major version, else the nearest newer ones: an archive of
    /// a newer pg_dump may need settings that the server lacks when it is restored there.
    /// </summary>
    /// <param name="found">The installations in order of preference.</param>
    /// <param name="serverMajor">The server's major version; null when it is not known.</param>
    public static (PostgresTools? Tools, Finding Finding) Choose(IReadOnlyList<PostgresTools> found, int? serverMajor)
    {
        var least = serverMajor ?? 0;
        var fitting = found.Where(tools => tools.Major >= least);
        var tools = serverMajor is null ? fitting.FirstOrDefault() : fitting.MinBy(tools => tools.Major);
        if (tools is not null)
        {
            return (tools, new Finding(FindingSeverity.Information, $"pg_dump {tools.Version} in {tools.Folder}"));
        }

        return found.Count == 0
            ? (null, new Finding(FindingSeverity.Refusal, "There is no pg_dump on this machine", Install(serverMajor)))
            : (
                null,
                new Finding(
                    FindingSeverity.Refusal,
                    $"pg_dump {found.MaxBy(tools => tools.Major)!.Version} is older than the server, which is version {least}: it refuses "
                        + "to dump it",
                    Install(serverMajor)));
    }

    private static string Install(int? major)
    {
        if (OperatingSystem.IsMacOS())
        {
            return $"brew install postgresql{(major is null ? "" : $"@{major}")}, or set PG_BIN to the folder with pg_dump";
        }

        return OperatingSystem.IsWindows()
            ? "install PostgreSQL's command line tools, or set PG_BIN to the folder with pg_dump.exe"
            : $"apt-get install postgresql-client{(major is null ? "" : $"-{major}")} (newer versions: https://apt.postgresql.org), or "
                + "set PG_BIN to the folder with pg_dump";
    }
}
