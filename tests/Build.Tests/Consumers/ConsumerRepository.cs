using System.Diagnostics;
using System.Runtime.InteropServices;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>Another repository, outside this checkout, whose only source of packages is a folder.</summary>
internal sealed class ConsumerRepository : IDisposable
{
    private readonly DirectoryInfo folder = new(TestFolder.NewOutside("consumer"));
    private readonly Dictionary<string, string?> environment;

    public ConsumerRepository()
    {
        Root = Directory.CreateDirectory(Path.Combine(folder.FullName, "shop")).FullName;
        Packages = Directory.CreateDirectory(Path.Combine(folder.FullName, "packages")).FullName;
        Store = Directory.CreateDirectory(Path.Combine(folder.FullName, "store")).FullName;
        File.WriteAllText(
            Path.Combine(folder.FullName, "NuGet.Config"),
            $"""<configuration><packageSources><clear /><add key="folder" value="{Packages}" /></packageSources></configuration>""");
        environment = new()
        {
            // What an earlier test installed must not take the place of this package.
            ["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "installed"),
            ["BACKUP_STORE"] = new Uri(Store).AbsoluteUri,
            ["GITHUB_STEP_SUMMARY"] = null,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
        };
    }

    /// <summary>The repository's root.</summary>
    public string Root { get; }

    /// <summary>The folder with the packages.</summary>
    public string Packages { get; }

    /// <summary>The folder that is the backup store.</summary>
    public string Store { get; }

    /// <summary>Packs projects as this checkout has them, under a version of their own.</summary>
    /// <param name="projects">Their folders, for example <c>src/Belay.Tool</c>.</param>
    public async Task<string> PackAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var version = $"0.0.0-consumer.{Guid.NewGuid():N}";
        string[] options =
        [
            "--no-build", "-c", "Debug", "-o", Packages, $"-p:PackageVersion={version}", "-p:PacksStandIn=true", "-nodeReuse:false",
            "--nologo",
        ];
        foreach (var project in projects)
        {
            string[] words = ["pack", Path.Combine(Repository.Root, project), .. options];
            (await RunAsync("dotnet", words, environment, cancellationToken)).MustExitWith(0);
        }

        return version;
    }

    /// <summary>Lets packages of others come from what this machine has installed.</summary>
    public void UseInstalledPackages()
    {
        var installed = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var standIn = Directory.EnumerateFiles(Packages, "Nuke.Common.*").Any() ? """<package pattern="Nuke.Common" />""" : "";
        File.WriteAllText(
            Path.Combine(folder.FullName, "NuGet.Config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="folder" value="{Packages}" /><add key="installed" value="{installed}" /></packageSources>
              <packageSourceMapping>
                <packageSource key="folder"><package pattern="Belay*" />{standIn}</packageSource>
                <packageSource key="installed"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>Publishes the tool as this checkout has it as one file, without compiling it ahead of time, which takes minutes.</summary>
    /// <returns>The file's path.</returns>
    public async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var published = Path.Combine(Root, "..", "published");
        string[] words =
        [
            "publish", Path.Combine(Repository.Root, "src", "Belay.Tool", "Belay.Tool.csproj"), "-c", "Debug", "-o", published,
            "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:PackAsTool=false", "-p:PublishSingleFile=true",
            "-p:RunAnalyzers=false", "-nodeReuse:false", "--nologo",
        ];

        // The runtime's package is taken from where this checkout's packages are.
        (await RunAsync("dotnet", words, new Dictionary<string, string?>(), cancellationToken)).MustExitWith(0);
        return Path.GetFullPath(Path.Combine(published, OperatingSystem.IsWindows() ? "Belay.Tool.exe" : "Belay.Tool"));
    }

    /// <summary>What a person exports before typing.</summary>
    public void Export(string name, string value) => environment[name] = value;

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, file))!);
        File.WriteAllText(Path.Combine(Root, file), text);
    }

    /// <summary>Runs a command as it is typed, words parted by blanks.</summary>
    public Task<BuildOutcome> TypeAsync(string command)
    {
        var words = command.Split(' ');
        return RunAsync(words[0], words[1..], environment, Token);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private async Task<BuildOutcome> RunAsync(
        string program, IReadOnlyList<string> words, Dictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            program, words) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new BuildOutcome(process.ExitCode, output + await errors);
    }
}
