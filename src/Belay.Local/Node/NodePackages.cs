namespace Belay.Local.Node;

/// <summary>The servers on Node.js and where they are installed.</summary>
internal static class NodePackages
{
    public static NpmPackage Azurite { get; } = Pinned("Azurite", "the Azure Blob Storage emulator");

    public static NpmPackage S3rver { get; } = Pinned("S3rver", "an S3 server") with { Files = ["server.js"] };

    /// <summary><c>.nuke/temp/name</c> of the checkout that this program was built in, or of the current folder.</summary>
    public static string DefaultFolderOf(NpmPackage package)
        => Path.Combine(
            FindRoot(AppContext.BaseDirectory) ?? Environment.CurrentDirectory, ".nuke", "temp", package.Name.ToLowerInvariant());

    private static NpmPackage Pinned(string name, string purpose)
        => new(name, typeof(NodePackages).Assembly, purpose, (message, hint, cause) => new NodeServerException(message, hint, cause));

    private static string? FindRoot(string? folder)
        => folder is null || File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)));
}
