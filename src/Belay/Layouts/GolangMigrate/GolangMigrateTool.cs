using Belay.Layouts.Reading;

namespace Belay.Layouts.GolangMigrate;

/// <summary>golang-migrate.</summary>
internal static class GolangMigrateTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("golang-migrate")
    {
        Layout = new GolangMigrateLayout(),
        History = new GolangMigrateHistory(),
    };
}
