using Belay.Layouts.Reading;

namespace Belay.Layouts.DbUp;

/// <summary>DbUp.</summary>
internal static class DbUpTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("dbup")
    {
        Layout = new DbUpLayout(),
        History = new DbUpHistory(),
    };
}
