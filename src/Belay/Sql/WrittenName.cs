namespace Belay.Sql;

/// <summary>Names as statements write them, and as the catalogue has them.</summary>
internal static class WrittenName
{
    /// <summary>One name as the catalogue has it: quotes off, or in lower case, in which PostgreSQL puts
    /// the letters of ASCII alone.</summary>
    public static string Identifier(ReadOnlySpan<char> written) => written is ['"', .. var quoted, '"']
        ? quoted.ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
        : string.Concat(written.ToString().Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));
}
