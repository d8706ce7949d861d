using System.Numerics;
using System.Text.RegularExpressions;

namespace Belay.Bench.Histories;

/// <summary>
/// Finds and orders the files of a history by the rules of the tool that it was written for, and by nothing of the library:
/// otherwise a layout that misreads a folder would look right beside psql by construction.
/// </summary>
internal static partial class PsqlFiles
{
    /// <summary>The files in the order in which the tool would run them.</summary>
    /// <param name="tool">The tool's name where the user gave one; otherwise what lies in the folder tells.</param>
    public static IReadOnlyList<PsqlFile> Read(string folder, string tool)
    {
        var files = Directory.GetFiles(folder, "*.sql").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        return PsqlLists.Read(folder) ?? PsqlFolders.Read(folder) ?? tool switch
        {
            "dbup" => [.. files.Select(name => new PsqlFile(name, File.ReadAllText(Path.Combine(folder, name)), InTransaction: false))],
            _ when files.Any(name => Versioned().IsMatch(name)) => ByVersion(folder, files),
            _ => Numbered(folder, files.Any(IsUp) ? PsqlDialects.Choose(files.Where(IsUp)) : files),
        };
    }

    private static bool IsUp(string name) => name.EndsWith(".up.sql", StringComparison.Ordinal);

    /// <summary>Flyway and refinery compare the parts of a version as numbers. Flyway's repeatable files follow,
    /// by their descriptions.</summary>
    private static List<PsqlFile> ByVersion(string folder, List<string> files)
    {
        var versioned = files.Where(name => Versioned().IsMatch(name))
            .OrderBy(name => Parts(Versioned().Match(name).Groups["version"].Value), StringComparer.Ordinal);
        var repeatable = files.Where(name => name.StartsWith("R__", StringComparison.Ordinal));
        return [.. from name in versioned.Concat(repeatable)
            let text = File.ReadAllText(Path.Combine(folder, name))
            select new PsqlFile(name, text, !PsqlMarkers.MustRunOutside(text))];
    }

    private static string Parts(string version) => string.Join('.', version.Split('.', '_').Select(part => part.PadLeft(30, '0')));

    /// <summary>The other tools order by the number at the beginning.</summary>
    private static List<PsqlFile> Numbered(string folder, List<string> files) =>
        [.. from name in files
            where Number().IsMatch(name)
            orderby BigInteger.Parse(Number().Match(name).Value), name
            let text = File.ReadAllText(Path.Combine(folder, name))
            let isOutside = PsqlMarkers.AsksForNoTransaction(text) || PsqlDialects.AsksForNoTransaction(name)
            select new PsqlFile(name, PsqlMarkers.Up(text), !isOutside)];

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("^[VU](?<version>[0-9]+([._][0-9]+)*)__")]
    private static partial Regex Versioned();
}
