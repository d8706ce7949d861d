namespace Belay.Reporting;

/// <summary>One of the guide's post-migration tasks.</summary>
/// <param name="Done">Whether this release has done it.</param>
/// <param name="Note">How it was done, or who must do it; null when there is nothing to add.</param>
internal sealed record ReleaseTask(string Title, bool Done, string? Note);
