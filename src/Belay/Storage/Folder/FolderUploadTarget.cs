namespace Belay.Storage.Folder;

/// <summary>Where a file upload is written and where it is meant to be.</summary>
/// <param name="Partial">The hidden file that takes the bytes.</param>
internal sealed record FolderUploadTarget(string Name, string Path, string Partial, FolderFaults Faults);
