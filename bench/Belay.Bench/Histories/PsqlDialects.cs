using System.Text.RegularExpressions;

namespace Belay.Bench.Histories;

/// <summary>Files for several servers in one folder, as ory's tools have them: <c>1_name.up.sql</c> is for all that have no file of
/// their own, <c>1_name.postgres.up.sql</c> for one, and <c>.autocommit</c> keeps a file out of a transaction.</summary>
internal static partial class PsqlDialects
{
    private static readonly string[] Ours = ["postgres", "postgresql", "pg"];

    /// <summary>What of the files runs on PostgreSQL.</summary>
    public static List<string> Choose(IEnumerable<string> names) =>
        [.. from name in names
            let match = Dialect().Match(name)
            where !match.Success || Ours.Contains(match.Groups["dialect"].Value)
            group (Name: name, IsOwn: match.Success) by Dialect().Replace(name, "").Replace(".autocommit", "", StringComparison.Ordinal)
            into same
            from one in same
            where one.IsOwn || !same.Any(other => other.IsOwn)
            select one.Name];

    /// <summary>Whether a file's name keeps it out of a transaction.</summary>
    public static bool AsksForNoTransaction(string name) => name.Contains(".autocommit.", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\.(?<dialect>postgres|postgresql|pg|cockroach|cockroachdb|mysql|mariadb|sqlite|sqlite3|sqlserver|mssql)(?=(\.autocommit)?\.up\.sql$)")]
    private static partial Regex Dialect();
}
