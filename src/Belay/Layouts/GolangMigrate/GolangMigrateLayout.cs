using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.GolangMigrate;

/// <summary>
/// <c>1_name.up.sql</c> and <c>1_name.down.sql</c>, also with a dialect before them, as in <c>1_name.postgres.autocommit.up.sql</c>:
/// PostgreSQL's file beats the general one, other dialects are left out, <c>autocommit</c> means no transaction.
/// </summary>
internal sealed partial class GolangMigrateLayout : IMigrationLayout
{
    public string ExpectedNames => "1_name.up.sql, with 1_name.down.sql and, for Belay's checks, 1_name.up.verify.sql beside it";

    public string? Evidence(LayoutFolder folder) => folder.Names.FirstOrDefault(name => name.EndsWith(".up.sql", StringComparison.Ordinal));

    public bool Explains(string name) => !name.Contains('/', StringComparison.Ordinal) && FileName().IsMatch(name);

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var scripts = new List<Script>();
        foreach (var name in folder.Names.Where(name => !folder.IsCompanion(name)))
        {
            var match = FileName().Match(name);
            if (!match.Success || !MigrationVersion.TryParse(match.Groups["version"].Value, out var version))
            {
                continue;
            }

            // What is for another dialect, and a way down whose way up is another's, is the tool's own business.
            folder.Take(name);
            if (match.Groups["dialect"].Value is "" or "postgres" or "postgresql" or "pg")
            {
                scripts.Add(new Script(name, version, match));
            }
        }

        folder.RemarkOnPrograms([.. folder.Find(".up.go")]);
        return scripts.GroupBy(script => script.Version).SelectMany(group => ReadVersion(folder, [.. group]));
    }

    private static IEnumerable<Migration> ReadVersion(LayoutFolder folder, Script[] scripts)
    {
        var ups = Best(scripts.Where(script => script.IsUp)).ToArray();
        if (ups.Length > 1)
        {
            folder.Remarks.Add(Ties.Remark(ups[0].Version, ups.Select(up => up.File)));
        }

        foreach (var (up, index) in ups.Select((up, index) => (up, index)))
        {
            if (folder.Make(up.File, index == 0 ? up.Version : up.Version + (index * Ties.Step), up.Name) is { } migration)
            {
                var down = Best(scripts.Where(script => !script.IsUp && (ups.Length == 1 || script.Name == up.Name))).FirstOrDefault();
                migration = migration with { Rollback = down is null ? migration.Rollback : folder.SourceOf(down.File) };
                yield return up.IsAutocommit ? OutsideScript.Mark(migration) : OutsideScript.MarkWhole(migration);
            }
        }
    }

    private static IEnumerable<Script> Best(IEnumerable<Script> scripts)
        => scripts.GroupBy(script => script.HasDialect).OrderByDescending(group => group.Key).FirstOrDefault()
            ?? Enumerable.Empty<Script>();

    [GeneratedRegex(
        @"^(?<version>[0-9]{1,28})_(?<name>.*?)(\.(?<dialect>postgres|postgresql|pg|cockroach|cockroachdb|mysql|mariadb|sqlite|sqlite3|sqlserver|mssql))?(?<autocommit>\.autocommit)?\.(?<way>up|down)\.sql$")]
    private static partial Regex FileName();

    private sealed record Script(string File, decimal Version, Match Match)
    {
        public string Name => Match.Groups["name"].Value;

        public bool IsUp => Match.Groups["way"].Value == "up";

        public bool HasDialect => Match.Groups["dialect"].Success;

        public bool IsAutocommit => Match.Groups["autocommit"].Success;
    }
}
