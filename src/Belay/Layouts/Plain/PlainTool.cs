using System.Text.RegularExpressions;
using Belay.Layouts.Reading;

namespace Belay.Layouts.Plain;

/// <summary>Numbered files of no tool in particular, and the words that many of them use for no transaction.</summary>
internal static partial class PlainTool
{
    /// <summary>All that is known of it.</summary>
    public static MigrationTool Tool { get; } = new("plain")
    {
        Layout = new PlainLayout(),
        NoTransaction = new NoTransactionMarker(NoTransaction(), MarkerPlace.FirstLine),
    };

    [GeneratedRegex(@"^--\s*(no[ -]transaction|disable-transaction)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex NoTransaction();
}
