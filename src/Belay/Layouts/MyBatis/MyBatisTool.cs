using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.MyBatis;

/// <summary>MyBatis Migrations.</summary>
internal static partial class MyBatisTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("mybatis")
    {
        Layout = new MyBatisLayout(),
        History = new MyBatisHistory(),
        WayBack = WayBack(),
    };

    [GeneratedRegex(@"^--\s*//\s*@UNDO")]
    private static partial Regex WayBack();
}
