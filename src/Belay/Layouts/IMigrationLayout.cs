using Belay.Sql;

namespace Belay.Layouts;

/// <summary>One tool's convention for a folder of migrations.</summary>
internal interface IMigrationLayout
{
    /// <summary>The name that chooses it.</summary>
    string Name { get; }

    /// <summary>What its files are called, for the hint of a refusal.</summary>
    string ExpectedNames { get; }

    /// <summary>A file that only this convention explains, as the end of "as … shows"; null when there is none.</summary>
    string? Evidence(LayoutFolder folder);

    /// <summary>Reads the folder; what is wrong goes into its <see cref="LayoutFolder.Faults"/>.</summary>
    IEnumerable<Migration> Read(LayoutFolder folder);
}
