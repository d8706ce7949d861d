using System.Text.RegularExpressions;
using Belay.Layouts.Foreign;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Liquibase;

/// <summary>Liquibase. Its changelogs are not read, formatted SQL neither.</summary>
internal static partial class LiquibaseTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("liquibase")
    {
        History = new NoticedHistory("databasechangelog", "author", "filename"),
        UnreadForm = FormattedSql(),
    };

    [GeneratedRegex(@"^\s*--\s*liquibase\s+formatted\s+sql", RegexOptions.IgnoreCase)]
    private static partial Regex FormattedSql();
}
