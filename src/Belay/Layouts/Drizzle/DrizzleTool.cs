using Belay.Layouts.Reading;

namespace Belay.Layouts.Drizzle;

/// <summary>Drizzle, with the folder of migrations that its kit makes.</summary>
internal static class DrizzleTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("drizzle")
    {
        Layout = new DrizzleLayout(),
        History = new DrizzleHistory(),
    };
}
