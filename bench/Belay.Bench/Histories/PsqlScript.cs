using Belay.Postgres;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Histories;

/// <summary>psql with one file, as people run it: <c>-X -q -v ON_ERROR_STOP=1 -f</c>.</summary>
internal sealed class PsqlScript(PostgresTools tools, LibpqEnvironment environment)
{
    /// <summary>Runs a file.</summary>
    /// <param name="inTransaction">Whether psql is to wrap it.</param>
    /// <returns>What psql said when it failed; null when it did not.</returns>
    public async Task<string?> RunAsync(string path, bool inTransaction, CancellationToken cancellationToken)
    {
        string[] transaction = inTransaction ? ["-1"] : [];
        var result = await Cli.Wrap(tools.PathOf("psql"))
            .WithArguments(["-X", "-q", "-v", "ON_ERROR_STOP=1", .. transaction, "-f", path])
            .WithEnvironmentVariables(environment.Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return result.ExitCode == 0 ? null : result.StandardError.Trim();
    }
}
