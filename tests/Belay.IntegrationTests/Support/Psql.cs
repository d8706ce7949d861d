using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support;

/// <summary>Runs psql as a person does, without a start-up file.</summary>
public static class Psql
{
    /// <summary>Runs a script with <c>psql -f</c>.</summary>
    public static async Task<BufferedCommandResult> RunAsync(DatabaseTarget target, string file, CancellationToken cancellationToken)
    {
        var tools = await PostgresFixture.FindToolsAsync(cancellationToken);
        return await Cli.Wrap(tools.PathOf("psql"))
            .WithArguments(["-X", "-f", file])
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["PGHOST"] = target.Hosts[0].Name,
                ["PGPORT"] = $"{target.Hosts[0].Port}",
                ["PGDATABASE"] = target.Database,
                ["PGUSER"] = target.Username,
                ["PGPASSWORD"] = target.Password?.Reveal(),
            })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
    }
}
