using Belay.Layouts.Reading;

namespace Belay.Layouts.Own;

/// <summary>Belay itself.</summary>
internal static class OwnTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("belay")
    {
        Layout = new BelayLayout(),
    };
}
