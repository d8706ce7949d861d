using System.ComponentModel;
using System.Security.Cryptography;
using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Local.Node;

/// <summary>Installs a pinned program from its lock file, once for each lock file.</summary>
public static class NpmInstallation
{
    private const string Marker = ".installed";
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(10);

    /// <summary>Installs if that was not done before; other processes wait for the one that does it.</summary>
    /// <param name="folder">The parent of all installations of it.</param>
    /// <returns>The folder <c>node_modules</c> of the installation.</returns>
    /// <exception cref="BelayException">npm is missing or failed; the package's own exception.</exception>
    public static async Task<string> EnsureAsync(
        NpmPackage package, string folder, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        var pinned = package.Files.Prepend("package-lock.json").SelectMany(package.Read);
        var target = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData([.. pinned]))[..12]);
        Directory.CreateDirectory(target);
        using (await LocalLock.TakeAsync(Path.Combine(target, ".lock"), LockPatience, timeProvider, cancellationToken))
        {
            if (!File.Exists(Path.Combine(target, Marker)))
            {
                foreach (var file in package.Files.Concat(["package.json", "package-lock.json"]))
                {
                    await File.WriteAllBytesAsync(Path.Combine(target, file), package.Read(file), cancellationToken);
                }

                package.Told?.Invoke($"Installing {package.Name} from npm, once for this checkout …");
                var begun = timeProvider.GetTimestamp();
                await InstallAsync(package, target, cancellationToken);
                package.Told?.Invoke($"{package.Name} is installed, in {Quantity.Duration(timeProvider.GetElapsedTime(begun))}");
                await File.WriteAllTextAsync(Path.Combine(target, Marker), "", cancellationToken);
            }
        }

        return Path.Combine(target, "node_modules");
    }

    private static async Task InstallAsync(NpmPackage package, string folder, CancellationToken cancellationToken)
    {
        const string Hint = "Install Node.js with npm and make sure that npm reaches a registry (npm ping), then run the command again.";
        try
        {
            var result = await ChildEnvironment.Guest("npm")
                .WithArguments(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional"])
                .WithWorkingDirectory(folder)
                .ExecuteBufferedAsync(cancellationToken);
            if (result.ExitCode != 0)
            {
                throw package.Fault(
                    $"npm ci of {package.Name} in {folder} ended with exit code {result.ExitCode}: {result.StandardError.Trim()}",
                    Hint,
                    null);
            }
        }
        catch (Win32Exception fault)
        {
            throw package.Fault($"npm was not found; it installs {package.Name}, {package.Purpose}.", Hint, fault);
        }
    }
}
