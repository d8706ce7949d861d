using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>
/// A look at Belay's tables that costs less than <see cref="HistoryMark.Question"/>: of the tables that an earlier look has found it asks
/// by their names, in a statement that a session can prepare. For a transaction that has written nothing to them before its first look:
/// whatever it writes then has its number, or a savepoint's, which no earlier row has, so that the rows and the sum of their numbers tell.
/// </summary>
/// <param name="earlier">The look whose tables are expected; null expects none.</param>
internal sealed class HistoryLook(HistoryMark? earlier)
{
    /// <summary>A table that is rewritten or emptied by TRUNCATE gets another file. What the server counts for its statistics are the rows
    /// that this session has inserted, updated and deleted; it goes on within a transaction only. It counts those of tables that inherit
    /// from one at these, though whoever reads the one reads them too. A table that somebody else has dropped meanwhile has no
    /// privileges.</summary>
    private const string Tables = """
        SELECT c.relname::text, c.oid::text, c.relfilenode::text, coalesce(pg_catalog.has_table_privilege(c.oid, 'SELECT'), false),
            CASE WHEN pg_catalog.current_setting('track_counts') = 'on' AND NOT c.relhassubclass THEN pg_catalog.concat_ws(' ',
                pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid), pg_catalog.pg_stat_get_xact_tuples_updated(c.oid),
                pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid)) END
        FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.objid
        WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.refobjid = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = 'belay') AND c.relkind IN ('r', 'p')
        """;

    private readonly Dictionary<string, string> rows = new(StringComparer.Ordinal);
    private List<Table>? tables;
    private bool isCounted;

    /// <summary>Whether it may go by what the server counts, which costs the same however long the history is. For scripts that cannot
    /// switch the counting off. The default is no: then the rows are read.</summary>
    public bool CountsChanges { get; init; }

    /// <summary>What has been seen; of rows that were not, it is taken that they are as earlier. Null while nothing has been.</summary>
    public HistoryMark? Mark => tables is null
        ? null
        : new HistoryMark(tables.Select(table => (table.Name, (table.Identity, RowsOf(table)))));

    /// <summary>A later look in the same transaction, which tells the same.</summary>
    public HistoryLook Next() => new(Mark) { CountsChanges = isCounted };

    private IReadOnlyList<string> Expected => CountsChanges || earlier is null
        ? []
        : [.. earlier.Names.Where(name => earlier.RowsOf(name) is { Length: > 0 })];

    /// <summary>The steps, for a round trip with others.</summary>
    /// <param name="failed">Told that it is one of these that failed; null tells nobody.</param>
    public IEnumerable<SqlStep> Steps(Action? failed, CancellationToken cancellationToken) =>
    [
        new(Tables) { Read = ReadTablesAsync, Failed = failed },
        .. Expected is { Count: > 0 } names ? [Rows(names, cancellationToken) with { Failed = failed }] : Array.Empty<SqlStep>(),
    ];

    /// <summary>The steps for tables that were not expected; none when there are no such.</summary>
    public IReadOnlyList<SqlStep> FurtherSteps(CancellationToken cancellationToken)
        => tables!.Where(table => table.IsReadable && !rows.ContainsKey(table.Name)).Select(table => table.Name).ToList()
            is { Count: > 0 } names ? [Rows(names, cancellationToken)] : [];

    private string RowsOf(Table table) => table.IsReadable ? $"{table.File} {rows.GetValueOrDefault(table.Name) ?? Unseen(table)}" : "";

    /// <summary>A server that has counted before and no longer does hides something.</summary>
    private string? Unseen(Table table) => CountsChanges ? "not counted" : earlier?.RowsOf(table.Name)?.Split(' ', 2)[^1];

    private SqlStep Rows(IReadOnlyList<string> names, CancellationToken cancellationToken)
        => new(string.Join("\nUNION ALL ", names.Select(Question)))
        {
            Read = async reader =>
            {
                foreach (var (place, state) in await reader.RowsAsync(row => (row.GetInt32(0), row.GetString(1)), cancellationToken))
                {
                    rows[names[place]] = state;
                }
            },
        };

    private static string Question(string name, int place) => $"""
        SELECT {place}, pg_catalog.concat_ws(' ', pg_catalog.count(*), pg_catalog.sum(xmin::text::bigint)) FROM belay.{SqlName.Quote(name)}
        """;

    private async Task ReadTablesAsync(NpgsqlDataReader reader)
    {
        tables = await reader.RowsAsync(
            row => new Table(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)) { Counts = row.TextOrNull(4) },
            CancellationToken.None);
        isCounted = CountsChanges && tables.All(table => table.Counts is not null);
        foreach (var table in tables.Where(_ => isCounted))
        {
            rows[table.Name] = table.Counts!;
        }
    }

    private sealed record Table(string Name, string Identity, string File, bool IsReadable)
    {
        /// <summary>What the server has counted; null where it does not.</summary>
        public string? Counts { get; init; }
    }
}
