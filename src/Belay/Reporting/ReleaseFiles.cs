namespace Belay.Reporting;

/// <summary>Where a record was written.</summary>
/// <param name="Json">The record as data.</param>
/// <param name="Markdown">The record for people.</param>
internal sealed record ReleaseFiles(string Json, string Markdown);
