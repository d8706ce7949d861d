using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Sqitch;

/// <summary><c>sqitch.changes</c>: a row per deployed change, by name.</summary>
internal sealed class SqitchHistory : IForeignHistory
{
    public string Table => "changes";

    public string? Schema => "sqitch";

    public bool Owns(ForeignTable table) => table.Schema == "sqitch" && table.Columns.Contains("change_id");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT change, committed_at, committer_name FROM {table.Quoted} ORDER BY committed_at", cancellationToken);
        var reworked = rows.GroupBy(row => row[0]).Where(group => group.Count() > 1).Select(group => group.Key!);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { Detail = $"committed at {row[1]} by {row[2]}" }).DistinctBy(entry => entry.Id)])
        {
            Faults = [.. reworked.Select(name => new AdoptionFault(
                $"the change {name} is deployed more than once, so its name does not tell which scripts of it ran", "./build.sh Baseline --version N, with the newest file that is applied"))],
        };
    }
}
