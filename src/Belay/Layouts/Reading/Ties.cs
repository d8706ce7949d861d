using System.Text.RegularExpressions;

namespace Belay.Layouts.Reading;

/// <summary>Gives files of one number a place each, as tools have it that compare numbers first and names then.</summary>
internal static class Ties
{
    /// <summary>Between two files of one number.</summary>
    public const decimal Step = 0.0001m;

    /// <summary>The scripts in their order; of one number the second has 0.0001 more, and so on.</summary>
    /// <param name="scripts">The scripts with their numbers.</param>
    /// <param name="name">What decides between equal numbers, by ordinal order.</param>
    /// <param name="remarks">Takes a line for each number that several files have.</param>
    public static IEnumerable<(string File, Match Match, decimal Version)> Spread(
        IEnumerable<(string File, Match Match, decimal Version)> scripts,
        Func<(string File, Match Match, decimal Version), string> name,
        List<string> remarks)
    {
        foreach (var group in scripts.GroupBy(script => script.Version).OrderBy(group => group.Key))
        {
            var files = group.OrderBy(name, StringComparer.Ordinal).ToList();
            if (files.Count > 1)
            {
                remarks.Add(Remark(group.Key, files.Select(script => script.File)));
            }

            foreach (var (script, index) in files.Select((script, index) => (script, index)))
            {
                yield return index == 0 ? script : script with { Version = script.Version + (index * Step) };
            }
        }
    }

    /// <summary>Says that several files have one number.</summary>
    public static string Remark(decimal version, IEnumerable<string> files)
    {
        var names = files.ToList();
        return $"Version {version} is used by {names.Count} files, which run in the order of their names: {string.Join(", ", names)}";
    }
}
