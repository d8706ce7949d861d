using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Tern;

/// <summary>tern's <c>schema_version</c>: one row with the number of the newest file.</summary>
internal sealed class TernHistory : IForeignHistory
{
    public string Table => "schema_version";

    public bool Owns(ForeignTable table) => table.Columns is ["version"];

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        // Version 0 is the row that tern writes with the table.
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT version FROM {table.Quoted} WHERE version > 0", cancellationToken);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), ReachesBack = true })]);
    }
}
