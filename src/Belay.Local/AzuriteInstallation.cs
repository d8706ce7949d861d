namespace Belay.Local;

/// <summary>Installs the pinned Azurite from its lock file, once for each lock file.</summary>
public static class AzuriteInstallation
{
    private static readonly NpmPackage Azurite = new(
        "Azurite",
        typeof(AzuriteInstallation).Assembly,
        "the Azure Blob Storage emulator",
        (message, hint, cause) => new AzuriteException(message, hint, cause));

    /// <summary><c>.nuke/temp/azurite</c> of the checkout that this program was built in, or of the current folder.</summary>
    public static string DefaultFolder { get; } = Path.Combine(FindRoot(AppContext.BaseDirectory) ?? Environment.CurrentDirectory, ".nuke", "temp", "azurite");

    /// <summary>Installs if that was not done before; other processes wait for the one that does it.</summary>
    /// <param name="folder">The parent of all installations.</param>
    /// <param name="cancellationToken">Stops npm.</param>
    /// <returns>The path of the blob server's script, for node.</returns>
    /// <exception cref="AzuriteException">npm is missing or failed.</exception>
    public static async Task<string> EnsureAsync(string folder, CancellationToken cancellationToken)
        => Path.Combine(await NpmInstallation.EnsureAsync(Azurite, folder, cancellationToken), "azurite", "dist", "src", "blob", "main.js");

    private static string? FindRoot(string? folder)
        => folder is null || File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)));
}
