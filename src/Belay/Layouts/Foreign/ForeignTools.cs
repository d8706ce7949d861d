using Npgsql;

namespace Belay.Layouts.Foreign;

/// <summary>The tools whose histories can be adopted.</summary>
internal static class ForeignTools
{
    /// <summary>The word for <c>--from</c> that says that no history found here belongs to these migrations.</summary>
    public const string None = "none";

    /// <summary>Every tool.</summary>
    public static IReadOnlyList<IForeignTool> All { get; } =
        [new FlywayHistory(), new DbmateHistory(), new GolangMigrateHistory(), new GooseHistory(), new AlembicHistory(), new EntityFrameworkHistory(), new SqitchHistory()];

    /// <summary>The tools with their tables in this database; asked of the catalogue, which any role may read.</summary>
    public static async Task<IReadOnlyList<(IForeignTool Tool, ForeignTable Table)>> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(connection, cancellationToken);
        return [.. from tool in All from table in tables where table.Name == tool.Table && tool.Owns(table) select (tool, table)];
    }

    private static async Task<IReadOnlyList<ForeignTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT n.nspname::text, c.relname::text, format('%I.%I', n.nspname, c.relname), pg_table_is_visible(c.oid) OR n.nspname = 'sqitch',
                array(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relname = ANY ($1) ORDER BY 1, 2
            """,
            connection)
        {
            Parameters = { new() { Value = All.Select(tool => tool.Table).Distinct().ToArray() } },
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
