using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Goose;

/// <summary><c>goose_db_version</c>: a row per run; a row of an old version with is_applied false takes it back.</summary>
internal sealed class GooseHistory : IForeignHistory
{
    public string Table => "goose_db_version";

    public bool Owns(ForeignTable table) => table.Columns.Contains("version_id") && table.Columns.Contains("is_applied");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        // Version 0 is the row that goose writes with the table.
        var rows = await ForeignRows.ReadAsync(
            connection,
            $"SELECT DISTINCT ON (version_id) version_id, is_applied, tstamp FROM {table.Quoted} WHERE version_id > 0 ORDER BY "
                + "version_id, id DESC",
            cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Where(row => ForeignRows.IsTrue(row[1])).Select(row
            => new ForeignEntry(
                row[0]!) { Version = ForeignRows.Number(row[0]), Detail = row[2] is null ? null : $"applied at {row[2]}" })]);
    }
}
