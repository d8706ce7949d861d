using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Refinery;

/// <summary><c>refinery_schema_history</c>: a row per applied file. Its checksum is of refinery's own making and is not compared.</summary>
internal sealed class RefineryHistory : IForeignHistory
{
    public string Table => "refinery_schema_history";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version") && table.Columns.Contains("applied_on");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT version, name, applied_on FROM {table.Quoted} ORDER BY version", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Select(row
            => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), Name = row[1], Detail = $"applied on {row[2]}" })]);
    }
}
