namespace Belay.Reporting;

/// <summary>Where a record was written.</summary>
/// <param name="Json">The record as data.</param>
/// <param name="Markdown">The record for people.</param>
internal sealed record ReleaseFiles(string Json, string Markdown)
{
    /// <summary>The record as a page for a browser.</summary>
    public string Html => Path.ChangeExtension(Json, ".html");

    /// <summary>The record as tests, for continuous integration services.</summary>
    public string JUnit => Path.ChangeExtension(Json, ".junit.xml");
}
