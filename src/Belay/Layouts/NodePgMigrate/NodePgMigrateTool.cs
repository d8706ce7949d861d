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

    [GeneratedRegex(@"^--[\s-]*down\s+migration", RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();
}
