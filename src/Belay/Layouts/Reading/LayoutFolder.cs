using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>A folder while a layout reads it.</summary>
internal sealed class LayoutFolder(string path)
{
    private const string Extension = ".sql";
    private const string Verify = ".verify.sql";
    private const string Rollback = ".rollback.sql";

    private readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly FolderListing listing = new(path);

    /// <summary>The folder.</summary>
    public string Root => path;

    /// <summary>The names of the SQL files directly in it, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. Find(Extension).Where(name => !name.Contains('/', StringComparison.Ordinal))];

    /// <summary>Folders below that could not be looked into, with the reason.</summary>
    public IReadOnlyList<string> Unreadable => listing.Unreadable;

    /// <summary>Every file and folder whose name ends like a script's, by a careless reading, and that no layout has taken yet.</summary>
    public IEnumerable<(string Name, bool IsFolder)> Left => listing.Files.Select(name => (Name: name, IsFolder: false))
        .Concat(listing.Folders.Select(name => (Name: name, IsFolder: true)))
        .Where(entry => entry.Name.TrimEnd().EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !taken.Contains(entry.Name));

    /// <summary>Every fault found while reading.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Whether something finds a fault.</summary>
    public bool Adds(Action find)
    {
        var before = Faults.Count;
        find();
        return Faults.Count > before;
    }

    /// <summary>What was left out on purpose, one line each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>The names of all files with an ending, also in folders below this one, in ordinal order.</summary>
    public IEnumerable<string> Find(string ending) => listing.Files.Where(name => name.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Takes a file that the layout knows and has nothing to run from, so that it is not counted as left.</summary>
    public void Take(string name) => taken.Add(name);

    /// <summary>A file's absolute path.</summary>
    public string PathOf(string name) => Path.GetFullPath(Path.Combine(path, name));

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>A file's text; null after a fault.</summary>
    public string? TextOf(string name)
    {
        taken.Add(name);
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
    public ScriptSource? SourceOf(string name)
        => Has(name) && TextOf(name) is { } text ? Named(new ScriptSource(PathOf(name), text), name) : null;

    private static ScriptSource Named(ScriptSource source, string name)
        => name.Contains('/', StringComparison.Ordinal) ? source with { FileName = name } : source;

    /// <summary>A migration whose text is a whole file; null after a fault.</summary>
    public Migration? Make(string file, decimal version, string name)
        => TextOf(file) is { } text ? Make(file, text) with { Version = version, Name = name } : null;

    /// <summary>A migration whose text is a part of a file. Version and name are still to be set.</summary>
    /// <param name="whole">The file's whole text, whose head has directives too; null when it is the same.</param>
    public Migration Make(string file, string text, string? whole = null) => new()
    {
        Version = 0,
        Name = file,
        Path = PathOf(file),
        FileName = file,
        Text = text,
        Sha256 = ScriptText.Sha256Of(text),
        Verify = SourceOf(Companion(file, Verify)),
        Rollback = SourceOf(Companion(file, Rollback)),
        Directives = DirectiveReader.Read(PathOf(file), whole ?? text, Faults),
    };

    /// <summary>Whether a file holds checks or a rollback of a migration beside it; one without its migration is a fault.</summary>
    public bool IsCompanion(string name)
    {
        var suffix = name.EndsWith(Verify, StringComparison.Ordinal)
            ? Verify
            : name.EndsWith(Rollback, StringComparison.Ordinal) ? Rollback : null;
        if (suffix is null)
        {
            return false;
        }

        taken.Add(name);
        var script = Path.GetFileName(name[..^suffix.Length] + Extension);
        if (!Has(name[..^suffix.Length] + Extension))
        {
            Faults.Add($"{PathOf(name)} has no migration {script} beside it");
        }

        return true;
    }

    /// <summary>Says which migrations are programs, which only their own tool can run.</summary>
    /// <param name="language">What they are written in.</param>
    public void RemarkOnPrograms(IReadOnlyList<string> names, string language = "Go")
    {
        if (names.Count > 0)
        {
            Remarks.Add(
                $"{Quantity.Count(names.Count, "migration")} written in {language} cannot run here and "
                    + $"{(names.Count == 1 ? "is" : "are")} left out: {string.Join(", ", names)}");
        }
    }

    private static string Companion(string file, string suffix) => file[..^Extension.Length] + suffix;
}
