using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Dbmate;

/// <summary>dbmate's <c>schema_migrations</c>: a row with the version per applied file. Rails has a table of the same form.</summary>
internal sealed class DbmateHistory : IForeignHistory
{
    public string Table => "schema_migrations";

    public bool Owns(ForeignTable table) => table.Columns is ["version"];

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT version FROM {table.Quoted}", cancellationToken);
        var entries = rows.Select(row => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]) });
        return new ForeignHistory(
            table.Quoted, [.. entries.OrderBy(entry => entry.Version).ThenBy(entry => entry.Id, StringComparer.Ordinal)]);
    }
}
