namespace Belay.Sql;

/// <summary>What a piece of SQL text is to the lexer; it knows no grammar beyond that.</summary>
internal enum SqlTokenKind
{
    /// <summary>Blanks and line ends.</summary>
    Whitespace,

    /// <summary>A comment, <c>--</c> to the line's end or <c>/* … */</c>, nested.</summary>
    Comment,

    /// <summary>A keyword or an unquoted identifier.</summary>
    Word,

    /// <summary>An identifier in double quotes.</summary>
    QuotedIdentifier,

    /// <summary>A string: in single quotes, with E before them, or dollar-quoted.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Any other single character.</summary>
    Symbol,

    /// <summary>A psql command, from its backslash to the line's end.</summary>
    MetaCommand,
}
