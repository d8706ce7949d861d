using Belay.Layouts.Reading;

namespace Belay.Layouts.Diesel;

/// <summary>Diesel.</summary>
internal static class DieselTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("diesel")
    {
        Layout = new DieselLayout(),
        History = new DieselHistory(),
    };
}
