namespace Belay.Sql;

/// <summary>What a part of a script is.</summary>
internal enum ScriptPartKind
{
    /// <summary>One SQL statement with its semicolon.</summary>
    Statement,

    /// <summary>One psql command.</summary>
    MetaCommand,

    /// <summary>The lines after <c>COPY … FROM stdin;</c> up to <c>\.</c>.</summary>
    CopyData,

    /// <summary>Blanks and comments at the end of the script.</summary>
    Blank,
}
