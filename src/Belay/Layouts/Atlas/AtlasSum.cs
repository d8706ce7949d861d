using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Atlas;

/// <summary>
/// The record that Atlas keeps of its folder: a line per file with a hash that goes on from file to file,
/// so that a file that was added, taken out or changed changes all after it.
/// </summary>
internal static partial class AtlasSum
{
    private const string File = "atlas.sum";

    /// <summary>The record's name where a folder has one.</summary>
    public static string? In(LayoutFolder folder) => folder.Has(File) ? File : null;

    /// <summary>Adds a fault when the folder is not as the record has it; nothing where there is none.</summary>
    /// <param name="names">The files that Atlas counts.</param>
    public static void Demand(LayoutFolder folder, IEnumerable<string> names)
    {
        if (folder.Has(File) && folder.TextOf(File) is { } text)
        {
            Demand(folder, HashesOf(folder, names.Order(StringComparer.Ordinal)), text);
        }
    }

    private static void Demand(LayoutFolder folder, List<(string Name, string Hash)> found, string text)
    {
        var recorded = text.Split('\n')
            .Skip(1)
            .Select(line => line.Split(" h1:", 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => (Name: parts[0].Trim(), Hash: parts[1].Trim()))
            .ToList();
        var odd = found.Except(recorded).Concat(recorded.Except(found)).Select(file => file.Name).FirstOrDefault();
        if (odd is not null)
        {
            var what = recorded.All(file => file.Name != odd)
                ? "is not in it"
                : found.All(file => file.Name != odd) ? "is gone" : "or a file before it is not as it was";
            folder.Faults.Add(
                $"{folder.PathOf(File)} is not of these files: {odd} {what}. Look at what was changed, then atlas migrate hash");
        }
    }

    private static List<(string Name, string Hash)> HashesOf(LayoutFolder folder, IEnumerable<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashes = new List<(string Name, string Hash)>();
        foreach (var name in names)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            var content = System.IO.File.ReadAllBytes(folder.PathOf(name));
            if (!ScriptText.HeadComments(Encoding.UTF8.GetString(content)).Any(one => Ignored().IsMatch(one.Comment)))
            {
                hash.AppendData(content);
                hashes.Add((name, Convert.ToBase64String(hash.GetCurrentHash())));
            }
        }

        return hashes;
    }

    [GeneratedRegex(@"^--\s*atlas:sum\s+ignore\b")]
    private static partial Regex Ignored();
}
