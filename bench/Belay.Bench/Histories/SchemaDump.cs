using Belay.Postgres;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Histories;

/// <summary>A database's schema as pg_dump writes it and the number of rows in each table, without what differs from run to run and without
/// the tools' own histories.</summary>
internal static class SchemaDump
{
    private const string RowCounts = """
        SELECT format('%I.%I', n.nspname, c.relname), query_to_xml(format('SELECT count(*) FROM ONLY %I.%I', n.nspname, c.relname), false, true, '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('belay', 'dbmate', 'pg_catalog', 'information_schema') ORDER BY 1
        """;

    public static async Task<string> ReadAsync(PostgresTools tools, DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay bench", cancellationToken);
        var result = await Cli.Wrap(tools.PathOf("pg_dump"))
            .WithArguments(["--schema-only", "--exclude-schema=belay", "--exclude-schema=dbmate"])
            .WithEnvironmentVariables(environment.Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new BenchException($"pg_dump of {database.DisplayName} ended with {result.ExitCode}: {result.StandardError.Trim()}");
        }

        var counts = await Cli.Wrap(tools.PathOf("psql"))
            .WithArguments(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", RowCounts])
            .WithEnvironmentVariables(environment.Variables)
            .ExecuteBufferedAsync(cancellationToken);
        return string.Join(
            '\n',
            result.StandardOutput.Split('\n')
                .Where(
                    line => !line.StartsWith(@"\restrict", StringComparison.Ordinal)
                        && !line.StartsWith(@"\unrestrict", StringComparison.Ordinal))) + counts.StandardOutput;
    }
}
