using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.DbUp;

/// <summary><c>schemaversions</c>: a row per applied script, by its name; of one embedded in a program,
/// with the names of its folders before it.</summary>
internal sealed class DbUpHistory : IForeignHistory
{
    public string Table => "schemaversions";

    public bool Owns(ForeignTable table)
        => table.Columns.Contains("scriptname", StringComparer.OrdinalIgnoreCase)
            && table.Columns.Contains("applied", StringComparer.OrdinalIgnoreCase);

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        string Column(string name) => SqlName.Quote(table.Columns.First(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)));
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT {Column("scriptname")}, {Column("applied")} FROM {table.Quoted} ORDER BY {Column("applied")}, {Column("scriptname")} "
                + "COLLATE \"C\"",
            cancellationToken);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { Script = row[0], Detail = $"applied at {row[1]}" })]);
    }
}
