using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>One tool's convention for a folder of migrations.</summary>
internal interface IMigrationLayout
{
    /// <summary>What its files are called, for the hint of a refusal.</summary>
    string ExpectedNames { get; }

    /// <summary>A file that only this convention explains, as the end of "as … shows"; null when there is none.</summary>
    string? Evidence(LayoutFolder folder);

    /// <summary>Whether a file of this name, by its path from a folder, would be one of its own; false where only the text tells.</summary>
    bool Explains(string name);

    /// <summary>Where the way back of a migration is written, for a hint: as the tool wants it, else in Belay's companion.</summary>
    /// <param name="file">The migration's path from the folder.</param>
    string WayBackOf(string file) => WayBackPlace.Of(file);

    /// <summary>Reads the folder; what is wrong goes into its <see cref="LayoutFolder.Faults"/>. A file
    /// that it does not take is refused afterwards.</summary>
    IEnumerable<Migration> Read(LayoutFolder folder);
}
