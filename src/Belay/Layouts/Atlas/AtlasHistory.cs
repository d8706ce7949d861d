using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Atlas;

/// <summary><c>atlas_schema_revisions</c>: a row per file with how many of its statements ran.</summary>
internal sealed class AtlasHistory : IForeignHistory
{
    private const string Baseline = "1";
    private const string Executed = "2";

    public string Table => "atlas_schema_revisions";

    public string? Schema => "atlas_schema_revisions";

    public bool Owns(ForeignTable table)
        => table.Columns.Contains("version") && table.Columns.Contains("applied") && table.Columns.Contains("total");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        // A version that begins with a dot is a row that Atlas keeps for itself.
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT version, description, type, applied, total FROM {table.Quoted} WHERE version NOT LIKE '.%' ORDER BY version COLLATE "
                + "\"C\"",
            cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => !IsPartial(row)).Select(Entry)])
        {
            Faults = [.. rows.Where(IsPartial).Select(Partial)],
        };
    }

    private static bool IsPartial(IReadOnlyList<string?> row)
        => row[2] == Executed && ForeignRows.Number(row[3]) < ForeignRows.Number(row[4]);

    private static ForeignEntry Entry(IReadOnlyList<string?> row) => new(row[0]!)
    {
        Version = ForeignRows.Number(row[0]),
        Name = row[2] == Baseline || row[1] is "" ? null : row[1],
        ReachesBack = row[2] == Baseline,
        IsBaseline = row[2] == Baseline,
    };

    private static AdoptionFault Partial(IReadOnlyList<string?> row) => new(
        $"version {row[0]} stopped after {row[3]} of {row[4]} statements",
        "let Atlas finish it with atlas migrate apply, then ./build.sh Adopt --from atlas");
}
