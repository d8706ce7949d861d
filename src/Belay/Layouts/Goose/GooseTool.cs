using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Goose;

/// <summary>goose.</summary>
internal static partial class GooseTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("goose")
    {
        Layout = new GooseLayout(),
        History = new GooseHistory(),
        WayBack = WayBack(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.File),
    };

    [GeneratedRegex(@"^--\s*\+goose\s+down\b", RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();

    [GeneratedRegex(@"^--[ \t]*\+goose[ \t]+no[ \t]+transaction\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex NoTransaction();
}
