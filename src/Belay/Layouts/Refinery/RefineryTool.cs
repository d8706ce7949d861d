using Belay.Layouts.Reading;

namespace Belay.Layouts.Refinery;

/// <summary>refinery.</summary>
internal static class RefineryTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("refinery")
    {
        Layout = new RefineryLayout(),
        History = new RefineryHistory(),
    };
}
