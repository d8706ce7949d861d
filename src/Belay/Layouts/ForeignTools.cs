using Belay.Layouts.Foreign;
using Npgsql;

namespace Belay.Layouts;

/// <summary>The tools whose histories are found.</summary>
internal static class ForeignTools
{
    /// <summary>The word for <c>--from</c> that says that no history found here belongs to these migrations.</summary>
    public const string None = "none";

    /// <summary>Every tool whose history can be adopted.</summary>
    public static IReadOnlyList<IForeignTool> Adoptable { get; } = [.. Known().Where(tool => tool.IsAdoptable)];

    /// <summary>The tools with their tables in this database, also a table that only looks like a history; asked of the catalogue, which any role may read.</summary>
    public static async Task<IReadOnlyList<(IForeignTool Tool, ForeignTable Table)>> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(connection, cancellationToken);
        return [.. tables.SelectMany(table => Owners(table).Select(tool => (tool, table)))];
    }

    private static IEnumerable<IForeignTool> Known() => MigrationTools.All.Select(tool => tool.History).OfType<IForeignTool>();

    private static IReadOnlyList<IForeignTool> Owners(ForeignTable table)
    {
        var owner = Known().Where(tool => tool.Table.Equals(table.Name, StringComparison.OrdinalIgnoreCase) && tool.Owns(table))
            .OrderByDescending(tool => tool.Schema == table.Schema)
            .FirstOrDefault();
        return owner is not null ? [owner] : NoticedHistories.Resembles(table) ? [NoticedHistories.OfUnknownTool] : [];
    }

    private static async Task<IReadOnlyList<ForeignTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT n.nspname::text, c.relname::text, format('%I.%I', n.nspname, c.relname), pg_table_is_visible(c.oid) OR n.nspname = ANY ($2),
                array(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND (lower(c.relname) = ANY ($1) OR c.relname ~* '{NoticedHistories.NamePattern}')
                AND n.nspname NOT IN ('belay', 'pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%'
            ORDER BY 1, 2
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = Known().Select(tool => tool.Table.ToLowerInvariant()).Distinct().ToArray() },
                new() { Value = Known().Select(tool => tool.Schema).OfType<string>().Distinct().ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<ForeignTable>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(new ForeignTable(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), await reader.GetFieldValueAsync<string[]>(4, cancellationToken)));
        }

        return tables;
    }
}
