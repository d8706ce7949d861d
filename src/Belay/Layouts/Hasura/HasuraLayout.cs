using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Hasura;

/// <summary><c>1654696186008_name/up.sql</c> with <c>down.sql</c>, the number being a time in milliseconds,
/// also in a folder of the database's name.</summary>
internal sealed partial class HasuraLayout : NumberedLayout
{
    public override string ExpectedNames => "1654696186008_name/up.sql, with down.sql beside it";

    public override string? Evidence(LayoutFolder folder) => folder.Find("/up.sql").FirstOrDefault(Explains);

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var databases = folder.Find("/up.sql")
            .Select(file => Match(file))
            .Where(match => match.Success)
            .Select(match => match.Groups["database"].Value)
            .Distinct()
            .ToList();
        if (databases.Count > 1)
        {
            folder.Faults.Add(
                $"{folder.Root} has migrations of {databases.Count} databases: "
                    + $"{string.Join(", ", databases.Select(name => name.Length == 0 ? "the folder itself" : name))}. "
                    + $"Name the folder of one with --migrations, for example {folder.PathOf(databases.First(name => name.Length > 0))}");
        }

        return base.Read(folder);
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
        => base.Make(folder, file, version, match) is { } migration
            ? OutsideScript.MarkWhole(
                migration with { Rollback = folder.SourceOf($"{file[..^"up.sql".Length]}down.sql") ?? migration.Rollback })
            : null;

    [GeneratedRegex(@"^((?<database>[^/]+)/)?(?<version>[0-9]{13})_(?<name>[^/]+)/up\.sql$")]
    private static partial Regex FileName();
}
