using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts.EntityFramework;

/// <summary>EF Core's <c>__EFMigrationsHistory</c>: a row per applied migration, whose id begins with the time it was made.</summary>
internal sealed class EntityFrameworkHistory : IForeignHistory
{
    // The second is what the naming convention for snake case makes of the first.
    private static readonly string[] IdColumns = ["MigrationId", "migration_id"];

    public string Table => "__EFMigrationsHistory";

    public bool Owns(ForeignTable table) => table.Columns.Any(IdColumns.Contains);

    public async Task<ForeignHistory> ReadAsync(NpgsqlConnection connection, ForeignTable table, CancellationToken cancellationToken)
    {
        var column = table.Columns.First(IdColumns.Contains);
        var rows = await ForeignRows.ReadAsync(connection, $"SELECT \"{column}\" FROM {table.Quoted}", cancellationToken);
        return new ForeignHistory(
            table.Quoted, [.. rows.Select(row => new ForeignEntry(row[0]!)).OrderBy(entry => entry.Id, StringComparer.Ordinal)]);
    }
}
