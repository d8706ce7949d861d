using Belay.Sql;

namespace Belay.Layouts.Foreign;

/// <summary>Finds the file of an entry.</summary>
/// <remarks>
/// In this order: the file's directive <c>adopts</c>; the recorded script's file name; for a tool
/// without numbers its id as the file's name, or as the beginning of the words after the number; the number.
/// A file with the directive is found by nothing else.
/// </remarks>
/// <param name="files">The migrations of the folder.</param>
internal sealed class EntryMatch(IReadOnlyList<Migration> files)
{
    /// <summary>The file; null when there is none.</summary>
    public Migration? Find(ForeignEntry entry)
        => files.FirstOrDefault(file => file.Directives.Adopts == entry.Id)
            ?? Others(file => IsScript(file, entry.Script))
            ?? (entry.Version is null
                ? Others(file => IsNamed(file, entry.Id), entry.Occurrence)
                : Others(file => file.Version == entry.Version));

    /// <summary>Whether the file has the words that the tool recorded; true when it recorded none, or the directive says more.</summary>
    public static bool HasSameName(Migration file, ForeignEntry entry)
        => entry.Name is null
            || file.Directives.Adopts == entry.Id
            || IsScript(file, entry.Script)
            || Words(file.Name) == Words(entry.Name);

    /// <summary>Tools record a script by its name, by its path, or, of one that is embedded in a program,
    /// behind the names of its folders and a dot.</summary>
    private static bool IsScript(Migration file, string? script) => script is not null
        && (file.FileName == script
            || Path.GetFileName(file.FileName) == script
            || script.EndsWith($".{Path.GetFileName(file.FileName)}", StringComparison.Ordinal));

    private static bool IsNamed(Migration file, string id)
        => Path.GetFileNameWithoutExtension(file.FileName) == id
            || file.Name == id
            || file.Name.StartsWith($"{id}_", StringComparison.Ordinal);

    private Migration? Others(Func<Migration, bool> condition, int occurrence = 1)
        => files.Where(file => file.Directives.Adopts is null && condition(file)).ElementAtOrDefault(occurrence - 1);

    private static string Words(string name)
        => string.Concat(name.Select(sign => char.IsLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : '_'));
}
