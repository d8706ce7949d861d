using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Dbmate;

/// <summary>dbmate. Its marker of the way forward asks for no transaction too.</summary>
internal static partial class DbmateTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("dbmate")
    {
        Layout = new DbmateLayout(),
        History = new DbmateHistory(),
        WayBack = WayBack(),
    };

    [GeneratedRegex(@"^--\s*migrate:down(\s|$)")]
    private static partial Regex WayBack();
}
