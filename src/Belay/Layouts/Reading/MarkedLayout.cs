using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>Numbered files that hold the way up and the way down under marker lines.</summary>
internal abstract partial class MarkedLayout : NumberedLayout
{
    public override string ExpectedNames => $"1_name.sql, with a line \"{Marker}\" in each";

    /// <summary>The line that every file has.</summary>
    protected abstract string Marker { get; }

    /// <summary>The line above the way back, where it is not the other one's with the word turned round.</summary>
    protected virtual string WayBackMarker
        => Marker.Replace("up", "down", StringComparison.Ordinal).Replace("Up", "Down", StringComparison.Ordinal);

    public override string WayBackOf(string file) => $"it into {file}, below a line \"{WayBackMarker}\"";

    /// <summary>Whether a file without a marker of the way up begins with it. The default is no.</summary>
    protected virtual bool BeginsForward => false;

    /// <summary>Whether what stands before the first marker is no SQL. The default is no: a statement there is a fault.</summary>
    protected virtual bool AllowsProse => false;

    /// <summary>What the tool's migrations are written in that are programs.</summary>
    protected virtual string ProgramLanguage => "Go";

    public override string? Evidence(LayoutFolder folder) => folder.Names.Where(name => Match(name).Success)
        .Select(name => (Name: name, Line: ScriptText.Lines(folder.Peek(name) ?? "").FirstOrDefault(line => IsUp(line) is not null)))
        .FirstOrDefault(found => found.Line is not null) is { Line: { } line } found
            ? $"\"{line.Trim()}\" in {found.Name}"
            : null;

    /// <summary>The name tells nothing: the text does.</summary>
    public override bool Explains(string name) => false;

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        folder.RemarkOnPrograms(
            [.. ProgramsOf(folder).Where(name => Match(Path.ChangeExtension(Path.GetFileName(name), "sql")).Success)], ProgramLanguage);
        return base.Read(folder);
    }

    /// <summary>Files that may be migrations which are programs.</summary>
    protected virtual IEnumerable<string> ProgramsOf(LayoutFolder folder) => folder.Find(".go");

    /// <summary>Whether a line begins the way up (true), the way down (false), or neither (null).</summary>
    protected abstract bool? IsUp(string line);

    /// <summary>Whether a marker line asks for no transaction for the way that it begins.</summary>
    protected virtual bool AsksForNoTransaction(string line) => false;

    /// <summary>Makes PostgreSQL's SQL of the tool's. The lines stay.</summary>
    protected virtual string Translate(string text) => text;

    /// <summary>Finds what the tool would do and Belay does not.</summary>
    protected virtual void Inspect(LayoutFolder folder, Migration migration, string text)
    {
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
    {
        if (folder.TextOf(file) is not { } text)
        {
            return null;
        }

        var script = MarkedScript.Read(text, IsUp, BeginsForward);
        if (!AllowsProse && script.Stray is { } line)
        {
            folder.Faults.Add($"{folder.PathOf(file)}:{line}: a statement stands before \"{Marker}\"");
        }

        if (script.Up is null)
        {
            folder.Faults.Add($"{folder.PathOf(file)} has no line \"{Marker}\"");
            return null;
        }

        var migration = folder.Make(file, Translate(script.Up), text) with { Version = version, Name = match.Groups["name"].Value };
        migration = script.Down is null ? migration : migration with { Rollback = RollbackOf(migration, text, script.Down) };
        Inspect(folder, migration, text);
        return AsksForNoTransaction(text, isUp: true) ? OutsideScript.Mark(migration) : migration;
    }

    /// <summary>A directive in the file's head is for both ways.</summary>
    private ScriptSource RollbackOf(Migration migration, string text, string down)
        => new(
            migration.Path,
            Translate(down)) { NoTransaction = migration.Directives.NoTransaction || AsksForNoTransaction(text, isUp: false) };

    private bool AsksForNoTransaction(string text, bool isUp)
        => ScriptText.Lines(text).Any(line => IsUp(line) == isUp && AsksForNoTransaction(line));

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})[_-]?(?<name>[^/]*)\.sql$")]
    private static partial Regex FileName();
}
