using System.Text.Json;
using System.Text.RegularExpressions;

namespace Belay.Bench.Histories;

/// <summary>The tools that keep a list of their migrations.</summary>
internal static partial class PsqlLists
{
    /// <summary>The files of such a history; null when the folder is none.</summary>
    public static IReadOnlyList<PsqlFile>? Read(string folder)
    {
        var (plan, journal) = (Path.Combine(folder, "sqitch.plan"), Path.Combine(folder, "meta", "_journal.json"));
        return File.Exists(plan)
            ? Sqitch(folder, File.ReadAllLines(plan))
            : File.Exists(journal) ? Drizzle(folder, File.ReadAllText(journal)) : null;
    }

    private static List<PsqlFile> Drizzle(string folder, string journal)
    {
        using var document = JsonDocument.Parse(journal);
        return [.. from entry in document.RootElement.GetProperty("entries").EnumerateArray()
            let name = $"{entry.GetProperty("tag").GetString()}.sql"
            select new PsqlFile(name, File.ReadAllText(Path.Combine(folder, name)), InTransaction: true)];
    }

    /// <summary>
    /// sqitch hands a script to psql without -1. A change that stands in the plan again later was reworked:
    /// its script of then is kept under the latest tag between the two that has one.
    /// </summary>
    private static List<PsqlFile> Sqitch(string folder, string[] lines)
    {
        var words = lines.Select(line => Word().Match(line).Groups["word"].Value).ToList();
        return [.. from place in Enumerable.Range(0, words.Count)
            where words[place] is not ("" or ['%', ..] or ['@', ..])
            let name = $"deploy/{words[place]}"
                + $"{Tags(words, place).FirstOrDefault(tag => File.Exists(Path.Combine(folder, $"deploy/{words[place]}{tag}.sql")))}.sql"
            select new PsqlFile(name, File.ReadAllText(Path.Combine(folder, name)), InTransaction: false)];
    }

    private static IEnumerable<string> Tags(List<string> words, int place)
        => words.IndexOf(words[place], place + 1) is var rework and > 0
            ? words[place..rework].Where(word => word is ['@', ..]).Reverse()
            : [];

    [GeneratedRegex(@"^\s*(?<word>[^\s#]\S*)")]
    private static partial Regex Word();
}
