namespace Nuke.Common.IO;

/// <summary>A file or folder.</summary>
public sealed class AbsolutePath;
