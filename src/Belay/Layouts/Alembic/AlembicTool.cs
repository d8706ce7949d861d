using Belay.Layouts.Reading;

namespace Belay.Layouts.Alembic;

/// <summary>Alembic, whose migrations are programs.</summary>
internal static class AlembicTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("alembic")
    {
        History = new AlembicHistory(),
    };
}
