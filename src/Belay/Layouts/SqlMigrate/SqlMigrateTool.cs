using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.SqlMigrate;

/// <summary>sql-migrate.</summary>
internal static partial class SqlMigrateTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("sql-migrate")
    {
        Layout = new SqlMigrateLayout(),
        History = new SqlMigrateHistory(),
        WayBack = WayBack(),
    };

    [GeneratedRegex(@"^--\s*\+migrate\s+down\b", RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();
}
