using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.NodePgMigrate;

/// <summary>node-pg-migrate, as far as its migrations are SQL.</summary>
internal static partial class NodePgMigrateTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("node-pg-migrate")
    {
        Layout = new NodePgMigrateLayout(),
        History = new NodePgMigrateHistory(),
        WayBack = WayBack(),
    };

    // "Down migration is a no-op" is a sentence about the way back.
    [GeneratedRegex(
        @"^--[\s-]*down\s+migration\b(?!\s+(is|are|was|not|no|cannot|can|can't|could|will|would|must|should|does|doesn't|has|have|needs?)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();
}
