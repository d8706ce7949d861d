using System.Text.RegularExpressions;
using Belay.Layouts.Foreign;

namespace Belay.Layouts.Reading;

/// <summary>One tool, all that is known of it in one place: how its files are read, how its history is found,
/// and what its comments mean.</summary>
/// <param name="Name">Its name, for <c>--layout</c> and <c>--from</c>.</param>
internal sealed record MigrationTool(string Name)
{
    /// <summary>Reads its files; null when they are read in another layout, or not at all.</summary>
    public IMigrationLayout? Layout { get; init; }

    /// <summary>Finds and reads its history; null when it keeps none in the database.</summary>
    public IForeignHistory? History { get; init; }

    /// <summary>A comment that begins the way back in its files; null when the way back has files of its own, or there is none.</summary>
    public Regex? WayBack { get; init; }

    /// <summary>A comment that asks for no transaction, in whatever layout a file is; null when there is none,
    /// or its layout alone can tell.</summary>
    public NoTransactionMarker? NoTransaction { get; init; }

    /// <summary>A file's first line that shows a form of file that is not read here; null when there is none.</summary>
    public Regex? UnreadForm { get; init; }
}
