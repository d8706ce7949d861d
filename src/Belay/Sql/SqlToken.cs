namespace Belay.Sql;

/// <summary>A token by its place in the text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Complete">False when the text ended before its closing quote or comment end.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, bool Complete = true)
{
    /// <summary>Whether the server skips it.</summary>
    public bool IsBlank => Kind is SqlTokenKind.Whitespace or SqlTokenKind.Comment;

    /// <summary>What it is without its end, for example <c>a string without its closing quote</c>; null when it is complete.</summary>
    public string? Unfinished => (Complete, Kind) switch
    {
        (true, _) => null,
        (_, SqlTokenKind.Comment) => "a comment without its end */",
        (_, SqlTokenKind.QuotedIdentifier) => "an identifier without its closing \"",
        _ => "a string without its closing quote",
    };

    /// <summary>Its characters.</summary>
    /// <param name="text">The text that was scanned.</param>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    /// <summary>Whether it is this keyword.</summary>
    /// <param name="text">The text that was scanned.</param>
    /// <param name="keyword">The keyword, in any case.</param>
    public bool Is(string text, string keyword)
        => Kind == SqlTokenKind.Word && In(text).Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
