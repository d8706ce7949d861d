using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Play;

/// <summary><c>play_evolutions</c>: a row per script with its number and whether it ended.</summary>
internal sealed class PlayHistory : IForeignHistory
{
    private const string Applied = "applied";

    public string Table => "play_evolutions";

    public bool Owns(ForeignTable table) => table.Columns.Contains("id") && table.Columns.Contains("state");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT id, applied_at, state FROM {table.Quoted} ORDER BY id", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => row[2] == Applied).Select(row
            => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), Detail = $"applied at {row[1]}" })])
        {
            Faults = [.. rows.Where(row => row[2] != Applied).Select(row => Unfinished(row[0]!, row[2]))],
        };
    }

    private static AdoptionFault Unfinished(string id, string? state) => new(
        $"{id}.sql is in the state \"{state}\": nobody knows how much of it is in the database",
        "bring the database to the state before or after that script by hand, mark it as resolved in Play, then "
            + "./build.sh Adopt --from play");
}
