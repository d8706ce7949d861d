using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Belay;

/// <summary>Packs the tool, publishes it as one file for each platform, and writes the sums and the bill of materials.</summary>
sealed class PackRun(string rootFolder)
{
    private const string Project = "src/Belay.Tool/Belay.Tool.csproj";
    private const string Sums = "SHA256SUMS";

    // Other programs of the machine can only lengthen a start.
    private const int Starts = 5;

    private static readonly string[] Libraries = ["src/Belay/Belay.csproj", "src/Belay.Nuke/Belay.Nuke.csproj"];
    private static readonly string[] Platforms = ["linux-x64", "linux-arm64", "osx-arm64", "win-x64"];

    // No process may stay behind: build servers outlive the job of a CI runner.
    private static readonly string[] Quiet =
    [
        "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    private readonly string folder = Path.Combine(rootFolder, "artifacts", "packages");
    private readonly Dotnet dotnet = new(rootFolder);

    /// <summary>Packs everything.</summary>
    /// <returns>What was made and what of it was seen running, for the summary.</returns>
    /// <exception cref="DevelopmentException">A part could not be made, or the file for this machine does not run.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var number = await new VersionFromTags(rootFolder, dotnet).ReadAsync(cancellationToken);
        var version = $"-p:Version={number}";
        foreach (var project in Libraries.Where(_ => !EngineName.IsStandIn).Append(Project))
        {
            await dotnet.RunAsync(["pack", project, "-o", folder, version, .. Quiet], cancellationToken);
        }

        foreach (var platform in Platforms)
        {
            await PublishAsync(platform, version, cancellationToken);
        }

        await new BillOfMaterials(rootFolder, dotnet).WriteAsync(Project, number, folder, cancellationToken);
        var start = await ShortestStartAsync(cancellationToken);
        await WriteSumsAsync(cancellationToken);
        return $"{Quantity.Count(Directory.GetFiles(folder).Length, "file")} in artifacts/packages; "
            + $"{Own} ran (the shortest of {Starts} starts took {start.TotalMilliseconds:0} ms to --version), "
            + "the files of other platforms are unverified";
    }

    private static string Own => FileFor(RuntimeInformation.RuntimeIdentifier);

    private static string FileFor(string platform)
        => platform.StartsWith("win", StringComparison.Ordinal) ? $"belay-{platform}.exe" : $"belay-{platform}";

    private async Task PublishAsync(string platform, string version, CancellationToken cancellationToken)
    {
        using var work = WorkFolder.Create(Path.Combine(rootFolder, ".nuke", "temp"), "publish-");
        string[] single =
        [
            "-r",
            platform,
            "--self-contained",
            "-p:PackAsTool=false",
            "-p:PublishSingleFile=true",
            "-p:PublishReadyToRun=true",
            "-p:DebugType=embedded",
        ];
        await dotnet.RunAsync(["publish", Project, .. single, "-o", work.PathOf("published"), version, .. Quiet], cancellationToken);

        // The C library of zstd would be unpacked into the user's home at the first start; without it the same code in C# compresses.
        var files = Directory.GetFiles(work.PathOf("published"))
            .Where(file => !Path.GetFileName(file).StartsWith("libzstd", StringComparison.Ordinal))
            .ToList();
        if (files is not [var program])
        {
            throw new DevelopmentException(
                $"{platform} came to {files.Count} files and not to one: {string.Join(", ", files.Select(Path.GetFileName))}");
        }

        File.Move(program, Path.Combine(folder, FileFor(platform)));
    }

    private async Task<TimeSpan> ShortestStartAsync(CancellationToken cancellationToken)
    {
        List<TimeSpan> starts = [];
        while (starts.Count < Starts)
        {
            starts.Add(await TryAsync(cancellationToken));
        }

        return starts.Min();
    }

    /// <summary>The file for this machine, run without any .NET in reach.</summary>
    private async Task<TimeSpan> TryAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Own);
        if (!File.Exists(path))
        {
            throw new DevelopmentException($"There is no file for this machine, {Own}, so none was seen to run");
        }

        var start = new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true };
        start.Environment["PATH"] = "";
        start.Environment["DOTNET_ROOT"] = "";
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 && output.StartsWith("Belay ", StringComparison.Ordinal)
            ? Stopwatch.GetElapsedTime(begun)
            : throw new DevelopmentException($"{Own} --version ended with exit code {process.ExitCode} and \"{output.Trim()}\"");
    }

    private async Task WriteSumsAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            lines.Add($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))}  {Path.GetFileName(file)}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, Sums), string.Concat(lines.Select(line => $"{line}\n")), cancellationToken);
    }
}
