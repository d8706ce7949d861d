namespace Belay.Sql;

/// <summary>A statement of a migration, as it is sent to the server.</summary>
internal sealed record ScriptStatement
{
    /// <summary>The statement without its semicolon.</summary>
    public required string Sql { get; init; }

    /// <summary>Where it begins in the script.</summary>
    public required TextPosition Position { get; init; }

    /// <summary>What the runner has to know of it.</summary>
    public required StatementShape Shape { get; init; }

    /// <summary>The data of a <c>COPY … FROM stdin</c>; null for every other statement.</summary>
    public string? CopyData { get; init; }
}
