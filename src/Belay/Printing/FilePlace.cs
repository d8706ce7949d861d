namespace Belay.Printing;

/// <summary>A place in a file of the repository.</summary>
/// <param name="File">The path from the repository's root on.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; null where only the line is known.</param>
internal sealed record FilePlace(string File, int Line, int? Column);
