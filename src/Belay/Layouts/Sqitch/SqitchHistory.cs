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
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return new ForeignHistory(table.Quoted, [.. rows.Select(row => Entry(row[0]!, $"committed at {row[1]} by {row[2]}", seen))]);
    }

    /// <summary>A change that was reworked has a row for each place that it has in the plan, in the plan's order.</summary>
    private static ForeignEntry Entry(string change, string detail, Dictionary<string, int> seen)
    {
        seen[change] = seen.GetValueOrDefault(change) + 1;
        return new ForeignEntry(change) { Detail = detail, Occurrence = seen[change] };
    }
}
