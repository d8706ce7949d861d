namespace Belay.Sql;

/// <summary>A part of a script. All parts' texts, joined, are the script.</summary>
internal sealed record ScriptPart
{
    /// <summary>What it is.</summary>
    public required ScriptPartKind Kind { get; init; }

    /// <summary>The script that it is a part of, and where it begins and ends there, counted from 0: with the blanks and comments before
    /// it and the semicolon after it.</summary>
    public required (string Script, int Start, int End) Place { get; init; }

    /// <summary>What the server gets: from the first significant character to before the semicolon.</summary>
    public required string Body { get; init; }

    /// <summary>Where <see cref="Body"/> begins in the script.</summary>
    public required TextPosition Position { get; init; }

    /// <summary>What makes it unreadable; null when it is fine.</summary>
    public LexicalFault? Fault { get; init; }
}
