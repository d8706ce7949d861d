namespace Belay.Bench.Histories;

/// <summary>A file as a tool hands it to the server.</summary>
/// <param name="Name">Its path from the folder.</param>
/// <param name="Text">What the tool sends.</param>
/// <param name="InTransaction">Whether the tool wraps it.</param>
internal sealed record PsqlFile(string Name, string Text, bool InTransaction);
