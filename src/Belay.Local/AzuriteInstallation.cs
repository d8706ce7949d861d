using System.ComponentModel;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Local;

/// <summary>Installs the pinned Azurite from its lock file, once for each lock file.</summary>
public static class AzuriteInstallation
{
    private const string Marker = ".installed";
    private static readonly string[] Files = ["package.json", "package-lock.json"];
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(200);

    /// <summary><c>.nuke/temp/azurite</c> of the checkout that this program was built in, or of the current folder.</summary>
    public static string DefaultFolder { get; } = Path.Combine(FindRoot(AppContext.BaseDirectory) ?? Environment.CurrentDirectory, ".nuke", "temp", "azurite");

    /// <summary>Installs if that was not done before; other processes wait for the one that does it.</summary>
    /// <param name="folder">The parent of all installations.</param>
    /// <param name="cancellationToken">Stops npm.</param>
    /// <returns>The path of the blob server's script, for node.</returns>
    /// <exception cref="AzuriteException">npm is missing or failed.</exception>
    public static async Task<string> EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        var lockFile = Read("package-lock.json");
        var target = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(lockFile))[..12]);
        Directory.CreateDirectory(target);
        using (await LockAsync(Path.Combine(target, ".lock"), cancellationToken))
        {
            if (!File.Exists(Path.Combine(target, Marker)))
            {
                foreach (var file in Files)
                {
                    await File.WriteAllBytesAsync(Path.Combine(target, file), Read(file), cancellationToken);
                }

                await InstallAsync(target, cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(target, Marker), "", cancellationToken);
            }
        }

        return Path.Combine(target, "node_modules", "azurite", "dist", "src", "blob", "main.js");
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        const string Hint = "Install Node.js with npm and make sure that npm reaches a registry (npm ping), then run the command again.";
        try
        {
            var result = await Cli.Wrap("npm")
                .WithArguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional"])
                .WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new AzuriteException($"npm ci of Azurite in {folder} ended with exit code {result.ExitCode}: {result.StandardError.Trim()}", Hint);
            }
        }
        catch (Win32Exception fault)
        {
            throw new AzuriteException("npm was not found; it installs Azurite, the Azure Blob Storage emulator.", Hint, fault);
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(LockPause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static byte[] Read(string file)
    {
        using var resource = typeof(AzuriteInstallation).Assembly.GetManifestResourceStream($"Azurite/{file}")!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }

    private static string? FindRoot(string? folder)
        => folder is null || File.Exists(Path.Combine(folder, "Belay.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)));
}
