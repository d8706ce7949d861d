namespace Build.Tests.Bootstrap;

public sealed class SoftwareDevelopmentKitTests : IDisposable
{
    private readonly ScriptedDotnet dotnet = new();

    public void Dispose() => dotnet.Dispose();

    [Fact]
    public async Task Says_what_to_do_when_no_kit_fits_and_none_can_be_downloaded()
    {
        var folder = Path.Combine(dotnet.Root, "programs");
        ShellProgram.Write(folder, "dotnet", "#!/bin/sh\nexit 1\n");
        ShellProgram.Write(folder, "curl", "#!/bin/sh\nexit 6\n");
        var command = dotnet.Command("Migrate");
        using var running = Support.RunningBuild.Start(command with
        {
            Environment = new Dictionary<string, string?>(command.Environment) { ["PATH"] = $"{folder}:/usr/local/bin:/usr/bin:/bin" },
        });

        (await running.EndAsync(Token)).MustExitWith(1).MustPrint(
            """
            No installed .NET SDK satisfies global.json: downloading one to .nuke/temp/dotnet
            The .NET SDK that global.json names is not installed, and downloading it failed.
            Hint: install the .NET SDK 10 (https://dotnet.microsoft.com/download) and type the command again
            """);
        Assert.Equal(string.Empty, dotnet.TakeCalls());
    }
}
