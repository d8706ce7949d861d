using CliWrap;

/// <summary>Lists every package that the tool consists of, in the form of CycloneDX.</summary>
sealed class BillOfMaterials(string rootFolder, Dotnet dotnet)
{
    private const string Version = "6.3.1";
    private const string File = "belay.cdx.json";

    private string ToolFolder => Path.Combine(rootFolder, ".nuke", "temp", "cyclonedx", Version);

    private string Program => Path.Combine(ToolFolder, OperatingSystem.IsWindows() ? "dotnet-CycloneDX.exe" : "dotnet-CycloneDX");

    /// <summary>Writes the list.</summary>
    /// <param name="project">The project whose packages are listed.</param>
    /// <exception cref="DevelopmentException">The program that writes it cannot be had, or failed.</exception>
    public async Task WriteAsync(string project, string version, string folder, CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(Program))
        {
            await dotnet.RunAsync(["tool", "install", "CycloneDX", "--version", Version, "--tool-path", ToolFolder], cancellationToken);
        }

        var result = await Cli.Wrap(Program)
            .WithArguments(
                [project, "-o", folder, "-fn", File, "-F", "Json", "--disable-package-restore", "--set-version", version, "--exclude-dev"])
            .WithWorkingDirectory(rootFolder)
            .WithStandardErrorPipe(PipeTarget.ToStream(Console.OpenStandardError()))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        if (result.ExitCode != 0 || !System.IO.File.Exists(Path.Combine(folder, File)))
        {
            throw new DevelopmentException($"{Path.GetFileName(Program)} ended with exit code {result.ExitCode} and wrote no {File}");
        }
    }
}
