namespace Belay.Arguments;

/// <summary>A command line, parted by NUKE's grammar: words before the first option are targets, words
/// after an option belong to it.</summary>
/// <param name="Targets">The words before the first option.</param>
/// <param name="Options">The options in their order.</param>
/// <remarks>
/// Any word that begins with a dash is an option; a value cannot. No general parser of command lines is used,
/// because the engine reads the same words by this grammar: what is understood here must be what runs there.
/// </remarks>
internal sealed record TypedWords(IReadOnlyList<string> Targets, IReadOnlyList<TypedOption> Options)
{
    /// <summary>Parts the words.</summary>
    /// <param name="words">The command line without the program.</param>
    public static TypedWords Part(IReadOnlyList<string> words)
    {
        var options = new List<TypedOption>();
        var targets = new List<string>();
        var current = targets;
        foreach (var word in words)
        {
            if (word.StartsWith('-'))
            {
                current = [];
                options.Add(new TypedOption(word, current));
            }
            else
            {
                current.Add(word);
            }
        }

        return new TypedWords(targets, options);
    }
}
