using Belay.Settings;

namespace Belay.Arguments;

/// <summary>Finds the targets that words name.</summary>
/// <param name="targets">The targets that exist.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class TargetNames(IReadOnlyList<string> targets, SettingsFaults faults)
{
    private const char Separator = '+';
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";

    /// <summary>The targets by the names they are declared with, each once; unknown words are faults.</summary>
    /// <param name="words">Names, or one word with names joined by plus signs.</param>
    /// <param name="source">Where they were given, for messages.</param>
    public IReadOnlyList<string> Find(IReadOnlyList<string> words, string source)
    {
        if (words.Count > 1 && words.FirstOrDefault(word => word.Contains(Separator, StringComparison.Ordinal)) is { } joined)
        {
            faults.Add(
                $"{source} has \"{joined}\" beside other words: write targets with blanks between them, or all in one word with plus "
                    + "signs");
            return [];
        }

        var names = words is [var word] ? word.Split(Separator) : words;
        return [.. names.Select(name => Find(name, source)).OfType<string>().Distinct()];
    }

    private string? Find(string name, string source)
    {
        if (targets.FirstOrDefault(target => Names.Same(target, name)) is { } found)
        {
            return found;
        }

        faults.Add(name switch
        {
            { Length: 0 } => $"{source} has an empty word where a target's name must stand",
            _
                when Dashes.Contains(
                    name[0], StringComparison.Ordinal) => $"\"{name}\" begins with a dash that no keyboard types: write it with --",
            _
                when name.Contains(
                    '=',
                    StringComparison.Ordinal) =>
                        $"{source} has \"{name[..name.IndexOf('=', StringComparison.Ordinal)]}=…\", which is no target; variables of the "
                            + "environment stand before the command",
            _ => $"{source} has \"{name}\", which is no target{Names.Guess(name, targets)}",
        });
        return null;
    }
}
