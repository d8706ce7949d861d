namespace Belay.Releases;

/// <summary>Puts the name of the program that was typed into the commands that texts tell to type.</summary>
public static class ProgramName
{
    /// <summary>The name that the library's own texts have.</summary>
    public const string InTexts = "./build.sh";

    /// <summary>The text with the name in it.</summary>
    /// <param name="text">A message, a hint or a line of the help.</param>
    /// <param name="program">How the program is typed, for example <c>belay</c>.</param>
    public static string In(string text, string program)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(InTexts, program, StringComparison.Ordinal);
    }
}
