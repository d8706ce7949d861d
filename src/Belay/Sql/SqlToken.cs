namespace Belay.Sql;

/// <summary>A token by its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The index of its first character.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Complete">False when the text ended before its closing quote or comment end.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End, bool Complete = true)
{
    /// <summary>Whether the server skips it.</summary>
    public bool IsBlank => Kind is SqlTokenKind.Whitespace or SqlTokenKind.Comment;

    /// <summary>Its characters.</summary>
    /// <param name="text">The text that was scanned.</param>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    /// <summary>Whether it is this keyword.</summary>
    /// <param name="text">The text that was scanned.</param>
    /// <param name="keyword">The keyword, in any case.</param>
    public bool Is(string text, string keyword) => Kind == SqlTokenKind.Word && In(text).Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
