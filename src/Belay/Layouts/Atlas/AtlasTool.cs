using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Atlas;

/// <summary>Atlas, with versioned migrations.</summary>
internal static partial class AtlasTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("atlas")
    {
        Layout = new AtlasLayout(),
        History = new AtlasHistory(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.Head),
        UnreadForm = TextArchive(),
    };

    [GeneratedRegex(@"^--\s*atlas:txmode\s+none\s*$")]
    private static partial Regex NoTransaction();

    [GeneratedRegex(@"^--\s*atlas:txtar\b")]
    private static partial Regex TextArchive();
}
