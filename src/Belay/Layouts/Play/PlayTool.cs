using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Play;

/// <summary>The evolutions of the Play framework.</summary>
internal static partial class PlayTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("play")
    {
        Layout = new PlayLayout(),
        History = new PlayHistory(),
        WayBack = WayBack(),
    };

    [GeneratedRegex(@"^--.*!Downs")]
    private static partial Regex WayBack();
}
