using Belay.Postgres;
using Npgsql;

namespace Belay.Bench.Logins;

/// <summary>The script as one command of Npgsql, as the C# runners send it.</summary>
internal sealed class NpgsqlTool(LoginsPlace place) : IMigrationTool
{
    public string Name => "Npgsql";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(place.Owner).OpenAsync("npgsql", cancellationToken);
        await using var command = new NpgsqlCommand(LoginsMigration.Text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
