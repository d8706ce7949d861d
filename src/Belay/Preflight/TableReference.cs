namespace Belay.Preflight;

/// <summary>A table that a script changes.</summary>
/// <param name="Schema">Its schema; null when the search path decides.</param>
/// <param name="Name">Its name as the catalogue has it.</param>
/// <param name="Line">The line of the statement, counted from 1.</param>
/// <param name="Guarded">Whether the code around it may pass over it or catches its error, so that a missing table may be meant.</param>
internal sealed record TableReference(string? Schema, string Name, int Line, bool Guarded)
{
    /// <summary>What stands before it in its file and makes its name, or its owner, a guess; null when nothing does.</summary>
    public ScriptDoubt? Doubt { get; init; }

    /// <summary>The name as PostgreSQL's messages show it.</summary>
    public string DisplayName => Schema is null ? Name : $"{Schema}.{Name}";
}
