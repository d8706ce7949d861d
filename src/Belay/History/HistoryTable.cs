namespace Belay.History;

/// <summary>A table of the schema <c>belay</c>.</summary>
/// <param name="Name">Its name without the schema.</param>
/// <param name="Create">The statements that create it.</param>
internal sealed record HistoryTable(string Name, string Create);
