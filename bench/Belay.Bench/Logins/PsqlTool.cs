using Belay.Postgres;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Bench.Logins;

/// <summary><c>psql -v ON_ERROR_STOP=1 -f</c>.</summary>
internal sealed class PsqlTool(LoginsPlace place) : IMigrationTool
{
    public string Name => "psql -f";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(place.NewFolder("psql"), LoginsMigration.FileName);
        await File.WriteAllTextAsync(file, LoginsMigration.Text, cancellationToken);
        await using var environment = await LibpqEnvironment.CreateAsync(place.Owner, "psql", cancellationToken);
        var result = await Cli.Wrap(place.Tools.PathOf("psql"))
            .WithArguments(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file])
            .WithEnvironmentVariables(environment.Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
        {
            throw new BenchException($"psql ended with {result.ExitCode}: {result.StandardError.Trim()}");
        }
    }
}
