using System.Globalization;
using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Flyway;

/// <summary><c>flyway_schema_history</c>: a row per run, also of undo scripts, repeatable scripts and baselines.</summary>
internal sealed class FlywayHistory : IForeignHistory
{
    public string Table => "flyway_schema_history";

    public bool Owns(ForeignTable table) => table.Columns.Contains("installed_rank");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection,
            "SELECT version, description, type, script, checksum, installed_by, installed_on, execution_time, success FROM "
                + $"{table.Quoted} ORDER BY installed_rank",
            cancellationToken);
        var state = new OrderedDictionary<string, (ForeignEntry Entry, bool Succeeded)>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row[0] is not null && row[2] != "SCHEMA"))
        {
            // An undo script and the mark of a deleted file both take the version back; a later run stands at its own place.
            state.Remove(row[0]!);
            if (row[2] is not "DELETE" && !row[2]!.StartsWith("UNDO", StringComparison.Ordinal))
            {
                state.Add(row[0]!, (Entry(row), ForeignRows.IsTrue(row[8])));
            }
        }

        return new ForeignHistory(table.Quoted, [.. state.Values.Where(one => one.Succeeded).Select(one => one.Entry)])
        {
            Faults = [.. state.Values.Where(one => !one.Succeeded).Select(one => Failed(one.Entry))],
            Warnings = Repeatable(rows),
        };
    }

    private static ForeignEntry Entry(IReadOnlyList<string?> row) => new(row[0]!)
    {
        Version = ForeignRows.Number(row[0]),
        Name = row[1],
        Script = row[3],
        Checksum = row[4] is { } checksum ? new ForeignChecksum(checksum, FlywayChecksum.Of) : null,
        Detail = $"installed on {row[6]} by {row[5]}",
        Duration = TimeSpan.FromMilliseconds(long.Parse(row[7]!, CultureInfo.InvariantCulture)),
        ReachesBack = row[2] is "BASELINE" or "SQL_BASELINE",
        IsBaseline = row[2] is "BASELINE" or "SQL_BASELINE",
    };

    private static AdoptionFault Failed(ForeignEntry entry) => new(
        $"{entry.Title}: failed (success is false): nobody knows how much of it is in the database",
        "bring the database to the state before or after that script by hand, then flyway repair, then ./build.sh Adopt --from flyway");

    private static IReadOnlyList<string> Repeatable(IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var scripts = rows.Where(row => row[0] is null && row[2] != "SCHEMA").Select(row => row[3]).Distinct().ToList();
        return scripts.Count == 0
            ? []
            : [$"Repeatable scripts are not recorded and run again, as they may at any time: {string.Join(", ", scripts)}"];
    }
}
