using Belay.Layouts.Reading;

namespace Belay.Layouts.Sqitch;

/// <summary>sqitch.</summary>
internal static class SqitchTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("sqitch")
    {
        Layout = new SqitchLayout(),
        History = new SqitchHistory(),
    };
}
