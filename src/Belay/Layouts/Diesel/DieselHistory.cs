using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Diesel;

/// <summary><c>__diesel_schema_migrations</c>: a row with the version per applied folder.</summary>
internal sealed class DieselHistory : IForeignHistory
{
    public string Table => "__diesel_schema_migrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT version, run_on FROM {table.Quoted} ORDER BY version COLLATE \"C\"", cancellationToken);
        return new ForeignHistory(
            table.Quoted,
            [.. rows.Select(row => new ForeignEntry(row[0]!) { Version = DieselLayout.NumberOf(row[0]!), Detail = $"run on {row[1]}" })]);
    }
}
