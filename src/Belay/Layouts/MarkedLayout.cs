using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Numbered files that hold the way up and the way down under marker lines.</summary>
internal abstract partial class MarkedLayout : IMigrationLayout
{
    public abstract string Name { get; }

    public string ExpectedNames => $"1_name.sql, with a line \"{UpMarker}\" in each";

    /// <summary>The line that begins the way up.</summary>
    protected abstract string UpMarker { get; }

    public string? Evidence(LayoutFolder folder) => folder.Names.FirstOrDefault(name
        => FileName().IsMatch(name) && folder.Peek(name) is { } text && ScriptText.Lines(text).Any(line => IsUp(line) is true)) is { } found
            ? $"\"{UpMarker}\" in {found}"
            : null;

    public bool Explains(string name) => false;

    public IEnumerable<Migration> Read(LayoutFolder folder)
    {
        foreach (var name in folder.Names.Where(name => !folder.IsCompanion(name)))
        {
            var match = FileName().Match(name);
            if (match.Success
                && MigrationVersion.TryParse(match.Groups["version"].Value, out var version)
                && folder.TextOf(name) is { } text && ReadOne(folder, name, text) is { } migration)
            {
                yield return migration with { Version = version, Name = match.Groups["name"].Value };
            }
        }

        folder.RemarkOnPrograms([.. folder.Find(".go").Where(name => FileName().IsMatch(Path.ChangeExtension(Path.GetFileName(name), "sql")))]);
    }

    /// <summary>Whether a line begins the way up (true), the way down (false), or neither (null).</summary>
    protected abstract bool? IsUp(string line);

    /// <summary>Whether the file asks for no transaction on the way up.</summary>
    protected abstract bool AsksForNoTransaction(string text);

    /// <summary>Finds what the tool would do and Belay does not.</summary>
    protected virtual void Inspect(LayoutFolder folder, Migration migration)
    {
    }

    private Migration? ReadOne(LayoutFolder folder, string name, string text)
    {
        var script = MarkedScript.Read(text, IsUp);
        if (script.Stray is { } line)
        {
            folder.Faults.Add($"{folder.PathOf(name)}:{line}: a statement stands before \"{UpMarker}\"");
        }

        if (script.Up is null)
        {
            folder.Faults.Add($"{folder.PathOf(name)} has no line \"{UpMarker}\"");
            return null;
        }

        var migration = folder.Make(name, script.Up);
        migration = script.Down is null ? migration : migration with { Rollback = new ScriptSource(migration.Path, script.Down) };
        Inspect(folder, migration);
        return AsksForNoTransaction(text) ? OutsideScript.Mark(migration) : migration;
    }

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})[_-]?(?<name>.*)\.sql$")]
    private static partial Regex FileName();
}
