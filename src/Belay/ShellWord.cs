namespace Belay;

/// <summary>Names as they stand in a command that someone copies into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "_-./:@%+=,";

    /// <summary>The name as it is, or in single quotes where a shell would make something else of it.</summary>
    public static string Of(string name)
        => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal))
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
