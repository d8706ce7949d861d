namespace Belay.Layouts.Foreign;

/// <summary>A table in the database that may be another tool's history.</summary>
/// <param name="Quoted">Both, quoted where they must be.</param>
/// <param name="IsVisible">Whether the role sees it without naming the schema.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record ForeignTable(string Schema, string Name, string Quoted, bool IsVisible, IReadOnlyList<string> Columns);
