using Belay.Layouts.Reading;

namespace Belay.Layouts.EntityFramework;

/// <summary>EF Core, whose migrations are programs.</summary>
internal static class EntityFrameworkTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("ef-core")
    {
        History = new EntityFrameworkHistory(),
    };
}
