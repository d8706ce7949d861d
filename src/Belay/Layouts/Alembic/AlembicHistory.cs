using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Alembic;

/// <summary><c>alembic_version</c>: the newest revision, or one of each branch.</summary>
internal sealed class AlembicHistory : IForeignHistory
{
    public string Table => "alembic_version";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version_num");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT version_num FROM {table.Quoted} ORDER BY 1", cancellationToken);
        var history = new ForeignHistory(table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!) { ReachesBack = true })]);
        return rows.Count < 2 ? history : history with
        {
            Faults =
            [
                new(
                    $"it has {rows.Count} heads ({string.Join(", ", rows.Select(row => row[0]))}), and which files lie on which branch "
                        + "stands in Alembic's scripts alone",
                        "alembic merge heads, alembic upgrade head, then ./build.sh Adopt --from alembic"),
            ],
        };
    }
}
