using Belay.Layouts.Reading;

namespace Belay.Layouts.Flyway;

/// <summary>Flyway.</summary>
internal static class FlywayTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("flyway")
    {
        Layout = new FlywayLayout(),
        History = new FlywayHistory(),
    };
}
