using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.SqlMigrate;

/// <summary><c>gorp_migrations</c>: a row per applied file, by its name.</summary>
internal sealed class SqlMigrateHistory : IForeignHistory
{
    public string Table => "gorp_migrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("id") && table.Columns.Contains("applied_at");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT id, applied_at FROM {table.Quoted} ORDER BY id COLLATE \"C\"", cancellationToken);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { Script = row[0], Detail = $"applied at {row[1]}" })]);
    }
}
