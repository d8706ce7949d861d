using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.NodePgMigrate;

/// <summary><c>pgmigrations</c>: a row per applied file, by its name without the ending.</summary>
internal sealed class NodePgMigrateHistory : IForeignHistory
{
    public string Table => "pgmigrations";

    public bool Owns(ForeignTable table) => table.Columns.Contains("name") && table.Columns.Contains("run_on");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT name, run_on FROM {table.Quoted} ORDER BY id", cancellationToken);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { Script = $"{row[0]}.sql", Detail = $"run on {row[1]}" })]);
    }
}
