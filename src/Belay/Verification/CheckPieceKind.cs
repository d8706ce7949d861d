namespace Belay.Verification;

/// <summary>What a stretch of a check file is.</summary>
internal enum CheckPieceKind
{
    /// <summary>A <c>--</c> comment, without its line end.</summary>
    Comment,

    /// <summary>A word, literal or sign of a statement.</summary>
    Token,

    /// <summary>The semicolon that ends a statement.</summary>
    Terminator,

    /// <summary>A line without any character but blanks.</summary>
    BlankLine,
}
