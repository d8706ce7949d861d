using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.PostgresMigrations;

/// <summary>The table <c>migrations</c> of postgres-migrations: a row per applied file. Its hash goes
/// over the file's name too and is not compared.</summary>
internal sealed class PostgresMigrationsHistory : IForeignHistory
{
    public string Table => "migrations";

    public bool Owns(ForeignTable table) => table.Columns is ["id", "name", "hash", "executed_at"];

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        // Number 0 is the tool's own script, which makes the table.
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT id, name, executed_at FROM {table.Quoted} WHERE id > 0 ORDER BY id", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Select(row
            => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), Name = row[1], Detail = $"executed at {row[2]}" })]);
    }
}
