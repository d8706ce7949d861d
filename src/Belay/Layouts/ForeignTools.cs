using Belay.Layouts.Foreign;
using Belay.Layouts.Reading;
using Belay.Postgres;
using Npgsql;

namespace Belay.Layouts;

/// <summary>The tools whose histories are found.</summary>
internal static class ForeignTools
{
    /// <summary>The word for <c>--from</c> that says that no history found here belongs to these migrations.</summary>
    public const string None = "none";

    private static readonly MigrationTool Unknown = new("an unknown migration tool") { History = new NoticedHistory("") };

    /// <summary>The names of the tools whose histories can be adopted.</summary>
    public static IReadOnlyList<string> AdoptableNames { get; } =
    [
        .. MigrationTools.All.Where(tool => tool.History?.IsAdoptable is true).Select(tool => tool.Name),
    ];

    /// <summary>The tools with their tables in this database, also a table that only looks like a history;
    /// asked of the catalogue, which any role may read.</summary>
    public static async Task<IReadOnlyList<FoundHistory>> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(connection, cancellationToken);
        return [
            ..
                from table in tables
                    let owner = OwnerOf(table) where owner is not null select new FoundHistory(owner.Name, owner.History!, table),
        ];
    }

    private static IEnumerable<IForeignHistory> Known() => MigrationTools.All.Select(tool => tool.History).OfType<IForeignHistory>();

    private static MigrationTool? OwnerOf(ForeignTable table)
        => MigrationTools.All
            .Where(tool => table.Name.Equals(tool.History?.Table, StringComparison.OrdinalIgnoreCase) && tool.History!.Owns(table))
            .OrderByDescending(tool => tool.History!.Schema == table.Schema)
            .FirstOrDefault() ?? (HistoryLooks.Resembles(table) ? Unknown : null);

    private static async Task<IReadOnlyList<ForeignTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var question =
            $"""
            SELECT n.nspname::text, c.relname::text, format('%I.%I', n.nspname, c.relname), pg_table_is_visible(c.oid) OR n.nspname = ANY ($2),
                array(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND (lower(c.relname) = ANY ($1) OR c.relname ~* '{HistoryLooks.NamePattern}')
                AND n.nspname NOT IN ('belay', 'pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%'
            ORDER BY 1, 2
            """;
        var names = Known().Select(tool => tool.Table.ToLowerInvariant()).Distinct().ToArray();
        var schemas = Known().Select(tool => tool.Schema).OfType<string>().Distinct().ToArray();
        return await connection.RowsAsync(
            new SqlQuery(question, names, schemas),
            reader => new ForeignTable(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetFieldValue<string[]>(4)),
            cancellationToken);
    }
}
