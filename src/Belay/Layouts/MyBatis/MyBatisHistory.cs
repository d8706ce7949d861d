using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.MyBatis;

/// <summary>The table <c>changelog</c> of MyBatis: a row per applied file with its number.</summary>
internal sealed class MyBatisHistory : IForeignHistory
{
    private static readonly string[] Columns = ["id", "applied_at", "description"];

    public string Table => "changelog";

    public bool Owns(ForeignTable table) => Columns.All(column => table.Columns.Contains(column));

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT id, applied_at, description FROM {table.Quoted} ORDER BY id", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Select(row
            => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), Name = row[2], Detail = $"applied at {row[1]}" })]);
    }
}
