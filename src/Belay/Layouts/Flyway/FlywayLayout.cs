using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Flyway;

/// <summary>
/// <c>V1__name.sql</c>, <c>V1_2__name.sql</c> or <c>V1.2__name.sql</c> with undo scripts <c>U1__name.sql</c>,
/// and repeatable <c>R__name.sql</c>, also in folders below. A <c>.conf</c> beside a script may take it out of the transaction, as Flyway
/// does with scripts that allow nothing else.
/// </summary>
internal sealed partial class FlywayLayout : IMigrationLayout
{
    public string ExpectedNames => "V1__name.sql, V1.2__name.sql or R__name.sql, with U1__name.sql beside it";

    public string? Evidence(LayoutFolder folder) => folder.Find(".sql").FirstOrDefault(Explains);

    public bool Explains(string name) => FileName().IsMatch(Path.GetFileName(name));

    public string WayBackOf(string file)
        => Path.GetFileName(file) is ['V', .. var rest] name ? $"{file[..^name.Length]}U{rest}" : WayBackPlace.Of(file);

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var migrations = new List<Migration>();
        var undo = new Dictionary<decimal, ScriptSource?>();
        foreach (var name in folder.Find(".sql").Where(name => !folder.IsCompanion(name)))
        {
            var match = FileName().Match(Path.GetFileName(name));
            if (!match.Success || VersionOf(folder, name, match) is not { } version)
            {
                continue;
            }

            if (match.Groups["kind"].Value == "U")
            {
                undo[version] = folder.SourceOf(name) is { } source
                    ? source with { NoTransaction = AsksForNoTransaction(folder, name) }
                    : null;
            }
            else if (folder.Make(name, version, match.Groups["name"].Value) is { } migration)
            {
                RefusePlaceholders(folder, migration);
                migrations.Add(Configured(folder, name, migration with { IsRepeatable = match.Groups["kind"].Value == "R" }));
            }
        }

        foreach (var (version, source) in undo.Where(
            one => migrations.All(migration => migration.IsRepeatable || migration.Version != one.Key)))
        {
            folder.Faults.Add(
                $"{source?.Path ?? $"U{version}"} takes back a version that has no V file. Where such a file is a migration of its own, "
                    + "as in refinery: --layout refinery");
        }

        return migrations.Select(
            migration => migration.IsRepeatable || !undo.TryGetValue(migration.Version, out var source)
                ? migration
                : migration with { Rollback = source });
    }

    /// <summary>The version, 0 for a repeatable script; null after a fault.</summary>
    private static decimal? VersionOf(LayoutFolder folder, string name, Match match)
    {
        var text = match.Groups["version"].Success ? match.Groups["version"].Value : "0";
        if (MigrationVersion.TryParse(text, out var version))
        {
            return version;
        }

        folder.Take(name);
        folder.Faults.Add($"{folder.PathOf(name)} has the version {text}, which has no number here: {MigrationVersion.Rule}");
        return null;
    }

    private static Migration Configured(LayoutFolder folder, string name, Migration migration)
        => AsksForNoTransaction(folder, name) ? OutsideScript.Mark(migration) : OutsideScript.MarkWhole(migration);

    private static bool AsksForNoTransaction(LayoutFolder folder, string name)
    {
        var file = $"{name}.conf";
        var lines = folder.Has(file) ? folder.TextOf(file)?.Split('\n') ?? [] : [];
        foreach (var key in lines.Select(line => line.Split('=', 2)[0].Trim())
            .Where(key => key is not ("" or "executeInTransaction" or "encoding") && key[0] != '#'))
        {
            folder.Faults.Add($"{folder.PathOf(file)} sets {key}, which is not known here");
        }

        return lines.Any(line => OutsideSetting().IsMatch(line));
    }

    /// <summary>Flyway replaces them in strings too; those outside strings are refused in every layout.</summary>
    private static void RefusePlaceholders(LayoutFolder folder, Migration migration)
    {
        var (position, token) = (TextPosition.Start, default(SqlToken));
        foreach (var found in Placeholder().EnumerateMatches(migration.Text))
        {
            while (token.End <= found.Index)
            {
                token = SqlScanner.Scan(migration.Text, token.End);
            }

            if (token.Kind is SqlTokenKind.Text or SqlTokenKind.QuotedIdentifier)
            {
                position = position.To(migration.Text, found.Index);
                var text = migration.Text.Substring(found.Index, found.Length);
                folder.Faults.Add(
                    $"{migration.Path}:{position.Line}:{position.Column}: {text} is a placeholder, and placeholders are not replaced here");
            }
        }
    }

    [GeneratedRegex(@"^((?<kind>[VU])(?<version>[0-9]+([._][0-9]+)*)|(?<kind>R))__(?<name>.+)\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\s*executeInTransaction\s*=\s*false\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideSetting();

    [GeneratedRegex(@"\$\{[A-Za-z][A-Za-z0-9_.:-]*\}")]
    private static partial Regex Placeholder();
}
