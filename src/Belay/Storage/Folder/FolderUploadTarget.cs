namespace Belay.Storage.Folder;

/// <summary>Where a file upload is written and where it is meant to be.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Path">The object's file.</param>
/// <param name="Partial">The hidden file that takes the bytes.</param>
/// <param name="Faults">Explains what goes wrong.</param>
internal sealed record FolderUploadTarget(string Name, string Path, string Partial, FolderFaults Faults);
