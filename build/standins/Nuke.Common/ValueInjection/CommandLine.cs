namespace Nuke.Common.ValueInjection;

/// <summary>The command line by NUKE's rules: words before the first option are targets, words after an option belong to it, case and
/// dashes do not count.</summary>
internal sealed class CommandLine(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>This run's.</summary>
    public static CommandLine Current { get; set; } = new([], new Dictionary<string, string>());

    /// <summary>The targets; null when none is named.</summary>
    public IReadOnlyList<string>? Targets
        => List("Target") ?? (arguments.TakeWhile(word => !IsOption(word)).ToArray() is [_, ..] words ? Part(words) : null);

    /// <summary>The words behind an option, or the environment's value; null when it is not given.</summary>
    public IReadOnlyList<string>? Find(string name)
    {
        var index = arguments.ToList()
            .FindLastIndex(word => IsOption(word) && Plain(word).Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? [.. arguments.Skip(index + 1).TakeWhile(word => !IsOption(word))]
            : Variable(name) is { } value ? [value]
            : null;
    }

    /// <summary>The items of an option that is a list, parted by plus signs.</summary>
    public IReadOnlyList<string>? List(string name) => Find(name) is { } words ? Part(words) : null;

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(string name)
        => Find(name) is { } words && (words.Count == 0 || words[0].Equals("true", StringComparison.OrdinalIgnoreCase));

    private static bool IsOption(string word) => word.StartsWith('-');

    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal);

    private static string[] Part(IReadOnlyList<string> words) => [.. words.SelectMany(word => word.Split('+'))];

    private string? Variable(string name)
        => environment.FirstOrDefault(variable => string.Concat(variable.Key.Where(char.IsLetterOrDigit)) is var letters
            && (letters.Equals(name, StringComparison.OrdinalIgnoreCase)
                || letters.Equals($"NUKE{name}", StringComparison.OrdinalIgnoreCase))).Value;
}
