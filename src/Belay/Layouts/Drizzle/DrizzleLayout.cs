using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Drizzle;

/// <summary><c>0000_name.sql</c> in the order of <c>meta/_journal.json</c>. Drizzle records the journal's time of a file,
/// by which it is adopted.</summary>
internal sealed partial class DrizzleLayout : IMigrationLayout
{
    private const string Journal = "meta/_journal.json";

    public string ExpectedNames => "0000_name.sql, and list them in meta/_journal.json";

    public string? Evidence(LayoutFolder folder) => folder.Has(Journal) ? Journal : null;

    public bool Explains(string name) => false;

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var entries = Entries(folder);
        var numbers = entries.Select(entry => NumberOf(entry.Tag)).ToList();
        var areNumbered = numbers.All(number => number is not null) && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
        foreach (var (entry, index) in entries.Select((entry, index) => (entry, index)))
        {
            var file = $"{entry.Tag}.sql";
            if (!folder.Has(file))
            {
                folder.Faults.Add($"{folder.PathOf(Journal)} lists {entry.Tag}, and there is no {folder.PathOf(file)}");
            }
            else if (folder.Make(file, areNumbered ? numbers[index]!.Value : index, entry.Tag) is { } migration)
            {
                yield return migration with
                {
                    Directives = migration.Directives with { Adopts = migration.Directives.Adopts ?? entry.When },
                };
            }
        }

        LeaveTheRest(folder, entries.Count);
    }

    /// <summary>The journal says what there is to run, and what Drizzle made anew stays in many folders.</summary>
    private static void LeaveTheRest(LayoutFolder folder, int listed)
    {
        foreach (var name in listed == 0
            ? []
            : folder.Left.Where(entry => !entry.IsFolder && Script().IsMatch(entry.Name)).Select(entry => entry.Name).ToList())
        {
            folder.Take(name);
            folder.Remarks.Add($"{name} is not in {Journal} and does not run");
        }
    }

    private static List<(string Tag, string When)> Entries(LayoutFolder folder)
    {
        if (!folder.Has(Journal) || folder.TextOf(Journal) is not { } text)
        {
            folder.Faults.Add($"{folder.PathOf(Journal)} is missing");
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.TryGetProperty("dialect", out var dialect)
                && dialect.GetString() is not ("postgresql" or "pg") and var other)
            {
                folder.Faults.Add($"{folder.PathOf(Journal)} says that the migrations are for {other}, not for PostgreSQL");
            }

            return [.. document.RootElement.GetProperty("entries").EnumerateArray()
                .Select(
                    entry => (
                        entry.GetProperty("tag").GetString()!,
                        entry.GetProperty("when").GetInt64().ToString(CultureInfo.InvariantCulture)))];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            folder.Faults.Add($"{folder.PathOf(Journal)} is not a journal of Drizzle: {exception.Message}");
            return [];
        }
    }

    private static decimal? NumberOf(string tag)
        => Tag().Match(tag) is { Success: true } match && MigrationVersion.TryParse(match.Groups["version"].Value, out var version)
            ? version
            : null;

    [GeneratedRegex(@"^[^/]+\.sql$")]
    private static partial Regex Script();

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})(_|$)")]
    private static partial Regex Tag();
}
