using Npgsql;

namespace Belay.Layouts.Foreign;

/// <summary>A history that shows that its tool has migrated a database, and of which no more is read.</summary>
/// <param name="columns">Some of its columns, in any case, so that another table of that name is not taken for it.</param>
internal sealed class NoticedHistory(string table, params string[] columns) : IForeignHistory
{
    public string Table => table;

    public string? Schema { get; init; }

    /// <summary>Whether the table's name says nothing outside that schema. The default is no.</summary>
    public bool IsBoundToSchema { get; init; }

    public bool IsAdoptable => false;

    public bool Owns(ForeignTable table)
        => (!IsBoundToSchema || Schema == table.Schema)
            && columns.All(column => table.Columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>One entry when the table has a row; which one does not matter.</summary>
    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT 1 FROM {table.Quoted} LIMIT 1", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Select(_ => new ForeignEntry("a row"))]);
    }
}
