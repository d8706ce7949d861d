using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Rehearsal;

/// <summary>Gives a copy statistics. No dump before version 18 has them, and without them statements are planned as they never are in
/// production.</summary>
/// <param name="output">Takes a warning where there are none: a function of an index that fails is no fault of the migrations.</param>
internal sealed class CopyStatistics(IReleaseOutput output)
{
    /// <summary>Gathers them, of all tables that the role may.</summary>
    public async Task GatherAsync(DatabaseTarget copy, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(copy).OpenAsync("rehearsal", cancellationToken);
        try
        {
            await connection.ExecuteAsync("ANALYZE", cancellationToken);
        }
        catch (PostgresException fault)
        {
            output.Warn($"The copy has no statistics, so durations may differ: {fault.MessageText}");
        }
    }
}
