namespace Belay.Reporting;

/// <summary>Where a record was written.</summary>
/// <param name="Json">The record as data.</param>
/// <param name="Markdown">The record for people.</param>
/// <param name="Log">The release log that got a line.</param>
internal sealed record ReleaseFiles(string Json, string Markdown, string Log);
