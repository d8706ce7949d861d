using Belay.Postgres;
using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Histories;

/// <summary>A database's schema as pg_dump writes it, without what differs from run to run and without the tools' own histories.</summary>
internal static class SchemaDump
{
    public static async Task<string> ReadAsync(PostgresTools tools, DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(database, cancellationToken);
        var result = await Cli.Wrap(tools.PathOf("pg_dump"))
            .WithArguments(["--schema-only", "--exclude-schema=belay", "--exclude-schema=dbmate"])
            .WithEnvironmentVariables(environment.Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return result.ExitCode == 0
            ? string.Join('\n', result.StandardOutput.Split('\n').Where(line => !line.StartsWith(@"\restrict", StringComparison.Ordinal) && !line.StartsWith(@"\unrestrict", StringComparison.Ordinal)))
            : throw new BenchException($"pg_dump of {database.DisplayName} ended with {result.ExitCode}: {result.StandardError.Trim()}");
    }
}
