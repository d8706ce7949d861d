using Belay.History;
using Belay.Postgres;
using Belay.Sql;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Says whose migrations would run, which tables they touch, and whether this database was ever released to.</summary>
internal static class ReleaseScope
{
    private const int MostNamed = 10;

    private const string CountTables = """
        SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('belay', 'information_schema') AND n.nspname !~ '^pg_'
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
        """;

    /// <summary>A line on the files and a line on the database; none when nothing is pending.</summary>
    /// <param name="folder">The folder with the migrations.</param>
    /// <param name="report">What preflight saw of both.</param>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        NpgsqlConnection connection, string folder, PreflightReport report, CancellationToken cancellationToken)
        => report.Pending.Count == 0 ? [] : [Files(folder, report.Pending), await PastAsync(connection, report, cancellationToken)];

    private static string Files(string folder, IReadOnlyList<Migration> pending)
    {
        var scripts = new PendingScripts(pending, definitionsRunCode: false);
        var tables = scripts.Altered.Concat(scripts.Placed).Select(found => found.Table.DisplayName).Distinct().ToList();
        var touched = tables.Count == 0 ? "" : $"; by its words it touches {Named(tables)}";
        return $"Pending in {folder}: {Named([.. pending.Select(migration => migration.FileName)])}{touched}";
    }

    private static async Task<string> PastAsync(NpgsqlConnection connection, PreflightReport report, CancellationToken cancellationToken)
    {
        if (report.Applied is [.., var last])
        {
            return $"This database was released to before: {Quantity.Count(report.Applied.Count, "migration")} applied, the last "
                + $"{last.FullName}";
        }

        if (await PartWayHistory.ReadAsync(connection, cancellationToken) is [.., var begun])
        {
            return $"This database was released to before: no migration applied, and one stopped part-way: {begun.Standing}";
        }

        var tables = (int)(long)(await connection.ScalarAsync(CountTables, cancellationToken))!;
        return tables == 0
            ? "This is the first release to this database, which has no tables"
            : $"This is the first release to this database, which has {Quantity.Count(tables, "table")} and no history: all of these "
                + "files would run. "
                + "Where it has already what they make, ./build.sh Baseline records them without running them, and ./build.sh Adopt takes "
                + "over another tool's history";
    }

    private static string Named(List<string> names)
        => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
