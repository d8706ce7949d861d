using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Own;

/// <summary>Belay's own: <c>0001_name.sql</c> with <c>.verify.sql</c> and <c>.rollback.sql</c>, and repeatable <c>R_name.sql</c>.</summary>
internal sealed partial class BelayLayout : IMigrationLayout
{
    public string ExpectedNames => "0001_snake_case.sql, with 0001_snake_case.verify.sql and 0001_snake_case.rollback.sql beside it";

    public string? Evidence(LayoutFolder folder) => folder.Names.FirstOrDefault(Explains);

    /// <summary>Whether a file is there that is like no other tool's: checks, a rollback, a repeatable migration or a directive.</summary>
    public static bool IsCertain(LayoutFolder folder) => folder.Names.Any(name
        => CompanionName().IsMatch(name)
            || RepeatableName().IsMatch(name)
            || (FileName().IsMatch(name) && folder.Peek(name)?.StartsWith("-- belay:", StringComparison.Ordinal) is true));

    public bool Explains(string name) => FileName().IsMatch(name) || RepeatableName().IsMatch(name);

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        foreach (var name in folder.Names.Where(name => !folder.IsCompanion(name)))
        {
            if (RepeatableName().Match(name) is { Success: true } repeatable)
            {
                if (folder.Make(name, 0, repeatable.Groups["name"].Value) is { } migration)
                {
                    if (migration.Rollback is { } rollback)
                    {
                        folder.Faults.Add(
                            $"{rollback.Path} would never run: Rollback takes back the newest versioned migration, not a repeatable one");
                    }

                    yield return migration with { IsRepeatable = true };
                }
            }
            else if (FileName().Match(name) is { Success: true } match
                && MigrationVersion.TryParse(match.Groups["version"].Value, out var version))
            {
                if (folder.Make(name, version, match.Groups["name"].Value) is { } migration)
                {
                    yield return migration;
                }
            }
        }
    }

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})_(?<name>[A-Za-z0-9][A-Za-z0-9_-]*)\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[0-9]{1,28}_[A-Za-z0-9][A-Za-z0-9_-]*\.(verify|rollback)\.sql$")]
    private static partial Regex CompanionName();

    [GeneratedRegex(@"^R_(?<name>[A-Za-z0-9][A-Za-z0-9_-]*)\.sql$")]
    private static partial Regex RepeatableName();
}
