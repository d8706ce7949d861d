namespace Belay.Reporting;

/// <summary>A check of a release.</summary>
/// <param name="Differences">Expected against actual, one line each; empty when it passed.</param>
internal sealed record ReleaseCheck(string Title, bool Passed, IReadOnlyList<string> Differences);
