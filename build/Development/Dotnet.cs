using CliWrap;

/// <summary>Runs the .NET command line for this repository, its output passed through.</summary>
sealed class Dotnet(string rootFolder)
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">For example <c>build Belay.slnx</c>, one word each.</param>
    /// <exception cref="DevelopmentException">It ended with another exit code than 0.</exception>
    public async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await Cli.Wrap(Environment.GetEnvironmentVariable("DOTNET_EXE") ?? "dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(rootFolder)
            .WithStandardOutputPipe(PipeTarget.ToStream(Console.OpenStandardOutput()))
            .WithStandardErrorPipe(PipeTarget.ToStream(Console.OpenStandardError()))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new DevelopmentException($"dotnet {string.Join(' ', arguments)} ended with exit code {result.ExitCode}");
        }
    }
}
