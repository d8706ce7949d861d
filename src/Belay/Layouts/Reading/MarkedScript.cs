using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>A file that holds the way up and the way down under marker lines.</summary>
/// <param name="Up">The way up, the lines of other parts being empty; null when its marker is missing.</param>
/// <param name="Down">The way down; null when its marker is missing.</param>
/// <param name="Stray">The number of the first line with SQL before any marker; null when there is none.</param>
internal sealed record MarkedScript(string? Up, string? Down, int? Stray)
{
    /// <summary>Splits a text at its marker lines, which stay as the comments that they are.</summary>
    /// <param name="isUp">Whether a line begins the way up (true), the way down (false), or neither (null).</param>
    /// <param name="beginsForward">Whether a file without a marker of the way up begins with it.</param>
    public static MarkedScript Read(string text, Func<string, bool?> isUp, bool beginsForward = false)
    {
        var lines = text.Split('\n');
        var sections = new bool?[lines.Length];
        bool? current = beginsForward && !lines.Any(line => isUp(line) is true) ? true : null;
        for (var index = 0; index < lines.Length; index++)
        {
            current = isUp(lines[index]) ?? current;
            sections[index] = current;
        }

        var above = string.Join('\n', lines.TakeWhile((_, index) => sections[index] is null));
        return new MarkedScript(Section(true), Section(false), ScriptText.FirstStatementLine(above));

        string? Section(bool up) => sections.Contains(up)
            ? string.Join('\n', lines.Select((line, index) => sections[index] == up ? line : "")).TrimEnd() + "\n"
            : null;
    }
}
