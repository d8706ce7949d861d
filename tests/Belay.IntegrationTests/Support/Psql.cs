using Belay.Settings;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support;

/// <summary>Runs psql and pg_dump as a person does, without a start-up file.</summary>
public static class Psql
{
    /// <summary>Runs a script with <c>psql -f</c>.</summary>
    /// <param name="variables">psql's variables, for example <c>database=shop</c>.</param>
    public static Task<BufferedCommandResult> RunAsync(
        DatabaseTarget target, string file, CancellationToken cancellationToken, params string[] variables)
        => RunAsync(target, "psql", ["-X", .. variables.SelectMany(variable => new[] { "-v", variable }), "-f", file], cancellationToken);

    /// <summary>What pg_dump writes as a script.</summary>
    public static async Task<string> DumpAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        var result = await RunAsync(target, "pg_dump", ["--no-owner"], cancellationToken);
        Assert.True(result.IsSuccess, result.StandardError);
        return result.StandardOutput;
    }

    private static async Task<BufferedCommandResult> RunAsync(
        DatabaseTarget target, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var tools = await PostgresFixture.FindToolsAsync(cancellationToken);
        return await Cli.Wrap(tools.PathOf(program))
            .WithArguments(arguments)
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
