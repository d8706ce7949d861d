using System.Text.RegularExpressions;

namespace Belay.Arguments;

/// <summary>The program that was typed, for the commands that texts tell to type: its name, and the
/// options that the next command needs too.</summary>
/// <param name="Name">How the program is typed, for example <c>belay</c>.</param>
public sealed partial record TypedProgram(string Name)
{
    /// <summary>The name that the library's own texts have.</summary>
    public const string InTexts = "./build.sh";

    /// <summary>The folder for what a run needs while it runs, as the library's own texts have it.</summary>
    public const string TemporaryInTexts = ".nuke/temp";

    /// <summary>The options that the next command needs too. The default is none.</summary>
    public IReadOnlyList<RepeatedOption> Repeated { get; init; } = [];

    /// <summary>The folder for what a run needs while it runs, from the root on. The default is that of the texts.</summary>
    public string TemporaryFolder { get; init; } = TemporaryInTexts;

    /// <summary>A text with the program that was typed in it.</summary>
    /// <param name="text">A message, a hint or a line of the help.</param>
    public string In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Command().Replace(text, match => $"{Name}{match.Groups["targets"]}{OptionsFor(match, text)}")
            .Replace(TemporaryInTexts, TemporaryFolder, StringComparison.Ordinal);
    }

    private string OptionsFor(Match command, string text)
    {
        // Up to the next command; an option that the text gives itself is not repeated.
        var rest = text[(command.Index + command.Length)..].Split([InTexts, ";", "\n"], 2, StringSplitOptions.None)[0];
        return command.Groups["targets"].Length == 0
            ? ""
            : string.Concat(Repeated.Where(option => !rest.Contains(option.Name, StringComparison.Ordinal)).Select(option => $" {option}"));
    }

    [GeneratedRegex(@"\./build\.sh(?<targets>( [A-Z][A-Za-z]+)*)")]
    private static partial Regex Command();
}
