using Belay.History;
using Belay.Layouts;
using Belay.Migrations;

namespace Belay.Bench.Histories;

/// <summary>A history to run from scratch.</summary>
/// <param name="Settings">Where it is, and its layout.</param>
internal sealed record History(string Name, MigrationSettings Settings, MigrationSet Set)
{
    /// <summary>The ending of a script beside the folder that each database gets first.</summary>
    public const string BeforeEnding = ".before.sql";

    /// <summary>That script; it need not be there.</summary>
    public string Before => Settings.Folder + BeforeEnding;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="MigrationException">Its files cannot be read as migrations.</exception>
    public static History Read(string folder, string layout)
    {
        var set = MigrationFolder.Open(folder, layout);
        return new History(Path.GetFileName(folder), new MigrationSettings { Folder = folder, Layout = layout }, set);
    }
}
