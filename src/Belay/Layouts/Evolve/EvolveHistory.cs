using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Evolve;

/// <summary>Evolve's <c>changelog</c>: a row per run, also of repeatable scripts and of the marks that it makes for itself.</summary>
internal sealed class EvolveHistory : IForeignHistory
{
    private const string Versioned = "0";
    private const string StartVersion = "3";
    private const string Repeatable = "4";

    private static readonly string[] Columns = ["type", "version", "installed_by", "checksum"];

    public string Table => "changelog";

    public bool Owns(ForeignTable table) => Columns.All(column => table.Columns.Contains(column));

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT type, version, description, name, installed_by, installed_on, success FROM {table.Quoted} ORDER BY id",
            cancellationToken);
        var versioned = rows.Where(row => row[0] is Versioned or StartVersion && row[1] is not null).ToList();
        var repeatable = rows.Where(row => row[0] == Repeatable).Select(row => row[3]).Distinct().ToList();
        return new ForeignHistory(table.Quoted, [.. versioned.Where(row => ForeignRows.IsTrue(row[6])).Select(Entry)])
        {
            Faults = [.. versioned.Where(row => !ForeignRows.IsTrue(row[6])).Select(row => Failed(row[3]!))],
            Warnings = repeatable.Count == 0
                ? []
                : [$"Repeatable scripts are not recorded and run again, as they may at any time: {string.Join(", ", repeatable)}"],
        };
    }

    private static ForeignEntry Entry(IReadOnlyList<string?> row) => new(row[1]!)
    {
        Version = ForeignRows.Number(row[1]),
        Name = row[0] == StartVersion ? null : row[2],
        Script = row[3],
        Detail = $"installed on {row[5]} by {row[4]}",
        ReachesBack = row[0] == StartVersion,
        IsBaseline = row[0] == StartVersion,
    };

    private static AdoptionFault Failed(string name) => new(
        $"{name} failed (success is false): nobody knows how much of it is in the database",
        "bring the database to the state before or after that script by hand, repair it with Evolve, then ./build.sh Adopt --from evolve");
}
