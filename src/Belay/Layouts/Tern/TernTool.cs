using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Tern;

/// <summary>tern.</summary>
internal static partial class TernTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("tern")
    {
        Layout = new TernLayout(),
        History = new TernHistory(),
        WayBack = WayBack(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.Anywhere),
    };

    // Also with a dash too few: tern would run all of such a file.
    [GeneratedRegex(@"^--+\s*create\s+above\s*/\s*drop\s+below", RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();

    [GeneratedRegex(@"(?m)^---- tern: disable-tx ----\s*$")]
    private static partial Regex NoTransaction();
}
