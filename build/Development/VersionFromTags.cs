using CliWrap;
using CliWrap.Buffered;

/// <summary>The version that git's tags say, by MinVer: that of a tag <c>v1.2.3</c> on this commit, or a
/// pre-release after the last one.</summary>
sealed class VersionFromTags(string rootFolder, Dotnet dotnet)
{
    private const string Version = "8.0.0";

    private string ToolFolder => Path.Combine(rootFolder, ".nuke", "temp", "minver", Version);

    private string Program => Path.Combine(ToolFolder, OperatingSystem.IsWindows() ? "minver.exe" : "minver");

    /// <summary>Reads it.</summary>
    /// <exception cref="DevelopmentException">The program that reads it cannot be had, or failed.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Program))
        {
            await dotnet.RunAsync(["tool", "install", "minver-cli", "--version", Version, "--tool-path", ToolFolder], cancellationToken);
        }

        var result = await Cli.Wrap(Program).WithArguments(["-t", "v", "-m", "0.1", "-v", "error"]).WithWorkingDirectory(rootFolder)
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
        return result.ExitCode == 0
            ? result.StandardOutput.Trim()
            : throw new DevelopmentException($"minver ended with exit code {result.ExitCode}: {result.StandardError.Trim()}");
    }
}
