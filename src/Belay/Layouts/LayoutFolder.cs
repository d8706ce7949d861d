using Belay.Sql;

namespace Belay.Layouts;

/// <summary>A folder while a layout reads it.</summary>
/// <param name="path">The folder.</param>
internal sealed class LayoutFolder(string path)
{
    private const string Extension = ".sql";
    private const string Verify = ".verify.sql";
    private const string Rollback = ".rollback.sql";

    private readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);

    /// <summary>The names of the SQL files directly in it, in ordinal order.</summary>
    public IReadOnlyList<string> Names { get; } = List(path, "*" + Extension, SearchOption.TopDirectoryOnly);

    /// <summary>Every fault found while reading.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>What was left out on purpose, one line each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>The names of all files that match, with folders below this one, in ordinal order.</summary>
    public IReadOnlyList<string> Find(string pattern) => List(path, pattern, SearchOption.AllDirectories);

    /// <summary>A file's absolute path.</summary>
    public string PathOf(string name) => Path.GetFullPath(Path.Combine(path, name));

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>A file's text; null after a fault.</summary>
    public string? TextOf(string name)
    {
        if (!texts.TryGetValue(name, out var text))
        {
            text = ScriptText.TryRead(PathOf(name), Faults);
            texts.Add(name, text);
        }

        return text;
    }

    /// <summary>A file's text for a look at it; null when it cannot be read, which is no fault yet.</summary>
    public string? Peek(string name)
    {
        if (texts.TryGetValue(name, out var text) || (text = ScriptText.TryRead(PathOf(name), [])) is null)
        {
            return text;
        }

        texts.Add(name, text);
        return text;
    }

    /// <summary>A file's text with its place; null when there is no such file, or after a fault.</summary>
    public ScriptSource? SourceOf(string name) => Has(name) && TextOf(name) is { } text ? new ScriptSource(PathOf(name), text) : null;

    /// <summary>A migration whose text is a whole file; null after a fault.</summary>
    public Migration? Make(string file, decimal version, string name) => TextOf(file) is { } text ? Make(file, text) with { Version = version, Name = name } : null;

    /// <summary>A migration whose text is a part of a file. Version and name are still to be set.</summary>
    public Migration Make(string file, string text) => new()
    {
        Version = 0,
        Name = file,
        Path = PathOf(file),
        Text = text,
        Sha256 = ScriptText.Sha256Of(text),
        Verify = SourceOf(Companion(file, Verify)),
        Rollback = SourceOf(Companion(file, Rollback)),
        Directives = DirectiveReader.Read(PathOf(file), text, Faults),
    };

    /// <summary>Whether a file holds checks or a rollback of a migration beside it; one without its migration is a fault.</summary>
    public bool IsCompanion(string name)
    {
        var suffix = name.EndsWith(Verify, StringComparison.Ordinal) ? Verify : name.EndsWith(Rollback, StringComparison.Ordinal) ? Rollback : null;
        if (suffix is null)
        {
            return false;
        }

        var script = Path.GetFileName(name[..^suffix.Length] + Extension);
        if (!Has(name[..^suffix.Length] + Extension))
        {
            Faults.Add($"{PathOf(name)} has no migration {script} beside it");
        }

        return true;
    }

    /// <summary>Says which migrations are programs, which only their own tool can run.</summary>
    public void RemarkOnPrograms(IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            Remarks.Add($"{Quantity.Count(names.Count, "migration")} written in Go cannot run here and {(names.Count == 1 ? "is" : "are")} left out: {string.Join(", ", names)}");
        }
    }

    /// <summary>Refuses a file whose name the layout does not explain.</summary>
    public void RefuseName(string name) => Faults.Add($"{PathOf(name)} is not named like a migration");

    private static string Companion(string file, string suffix) => file[..^Extension.Length] + suffix;

    private static IReadOnlyList<string> List(string path, string pattern, SearchOption depth)
        => [.. Directory.EnumerateFiles(path, pattern, depth).Select(file => Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal)];
}
