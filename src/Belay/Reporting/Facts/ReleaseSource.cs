namespace Belay.Reporting.Facts;

/// <summary>The source that a release was made from.</summary>
/// <param name="Commit">The commit as git names it, all its digits.</param>
/// <param name="Tag">The tag that names the commit; null for none.</param>
/// <param name="IsChanged">Whether files differ from the commit; null when nobody looked, as on a continuous integration service.</param>
internal sealed record ReleaseSource(string Commit, string? Tag, bool? IsChanged);
