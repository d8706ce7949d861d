using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.Supabase;

/// <summary><c>supabase_migrations.schema_migrations</c>: a row with the version per applied file; newer ones keep its words too.</summary>
internal sealed class SupabaseHistory : IForeignHistory
{
    public string Table => "schema_migrations";

    public string? Schema => "supabase_migrations";

    public bool Owns(ForeignTable table) => table.Schema == Schema && table.Columns.Contains("version");

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var name = table.Columns.Contains("name") ? "name" : "NULL";
        var rows = await ForeignRows.ReadAsync(
            connection, $"SELECT version, {name} FROM {table.Quoted} ORDER BY version COLLATE \"C\"", cancellationToken);
        return new ForeignHistory(table.Quoted, [.. rows.Select(row
            => new ForeignEntry(row[0]!) { Version = ForeignRows.Number(row[0]), Name = row[1] is { Length: > 0 } words ? words : null })]);
    }
}
