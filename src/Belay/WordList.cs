namespace Belay;

/// <summary>Words of which one is meant.</summary>
public static class WordList
{
    /// <summary>As a sentence has them: <c>one</c>, <c>one or two</c>, <c>one, two or three</c>.</summary>
    public static string Or(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
    }

    /// <summary>An enumeration's value in one word, as it is typed and shown: <c>restored-uncounted</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
        => string.Concat(
            value.ToString().Select((letter, index) => (char.IsUpper(letter) && index > 0 ? "-" : "") + char.ToLowerInvariant(letter)));
}
