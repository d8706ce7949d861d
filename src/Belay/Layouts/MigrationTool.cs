using System.Text.RegularExpressions;
using Belay.Layouts.Foreign;

namespace Belay.Layouts;

/// <summary>One tool: how its files are read, how its history is found in a database, and what begins the way back in its files.</summary>
/// <param name="Name">Its name, for <c>--layout</c> and <c>--from</c>.</param>
internal sealed record MigrationTool(string Name)
{
    /// <summary>Reads its files; null when that is not known here.</summary>
    public IMigrationLayout? Layout { get; init; }

    /// <summary>Finds and reads its history; null when it keeps none in the database.</summary>
    public IForeignTool? History { get; init; }

    /// <summary>A comment that begins the way back in its files; null when the way back has files of its own, or there is none.</summary>
    public Regex? WayBack { get; init; }
}
