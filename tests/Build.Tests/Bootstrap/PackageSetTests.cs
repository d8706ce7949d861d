namespace Build.Tests.Bootstrap;

public sealed class PackageSetTests : IDisposable
{
    private readonly ScriptedDotnet dotnet = new();

    public void Dispose() => dotnet.Dispose();

    [Fact]
    public async Task Takes_the_genuine_packages_when_the_registry_has_them()
    {
        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(0)
            .MustPrint("Restoring the packages of the build …\nCompiling the build …\n")
            .MustNotPrint("stand-in");

        Assert.Equal(Content("false"), File.ReadAllText(dotnet.PackageSet));
        Assert.Equal("restore build _build.dll", dotnet.TakeCalls());
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package Nuke.Common. No packages exist with this id in source(s): x")]
    [InlineData("error NU1102: Unable to find package Nuke.Common with version (>= 10.1.0)")]
    public async Task Takes_the_stand_in_when_the_registry_says_that_the_package_does_not_exist(string answer)
    {
        dotnet.Answer("restore.code", "1");
        dotnet.Answer("restore.out", answer);

        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(0)
            .MustPrint(
                "Restoring the packages of the build …\nNuke.Common is not on this registry: building with the stand-in\n"
                    + "Restoring the packages of the build …\nCompiling the build …\n");

        Assert.Equal(Content("true"), File.ReadAllText(dotnet.PackageSet));
        Assert.Equal("restore restore build _build.dll", dotnet.TakeCalls());
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source https://x Nuke.Common")]
    [InlineData("error NU1101: Unable to find package Npgsql. No packages exist with this id in source(s): x")]
    public async Task Decides_nothing_when_the_registry_gives_no_answer_about_the_package(string answer)
    {
        dotnet.Answer("restore.code", "1");
        dotnet.Answer("restore.out", answer);

        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(1)
            .MustPrint(answer)
            .MustPrint("The packages of build/_build.csproj could not be restored.\nHint: ");

        Assert.False(File.Exists(dotnet.PackageSet));
        Assert.Equal("restore", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Asks_the_registry_only_once()
    {
        (await dotnet.RunAsync("Migrate")).MustExitWith(0);
        dotnet.TakeCalls();
        File.WriteAllText(Path.Combine(dotnet.Root, "src", "Part.cs"), "class Changed;");

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task The_environment_forces_the_choice(string choice)
    {
        var command = dotnet.Command("Migrate");
        using var running = Support.RunningBuild.Start(
            command with { Environment = new Dictionary<string, string?>(command.Environment) { ["UseStandIns"] = choice } });

        (await running.EndAsync(Token)).MustExitWith(0);

        Assert.Equal(Content(choice), File.ReadAllText(dotnet.PackageSet));
        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Refuses_another_word_in_the_environment()
    {
        var command = dotnet.Command("Migrate");
        using var running = Support.RunningBuild.Start(
            command with { Environment = new Dictionary<string, string?>(command.Environment) { ["UseStandIns"] = "yes" } });

        (await running.EndAsync(Token))
            .MustExitWith(1)
            .MustPrint("UseStandIns in the environment is 'yes'; it takes true or false.");
        Assert.Equal(string.Empty, dotnet.TakeCalls());
    }

    private static string Content(string useStandIns)
        => $"<Project><PropertyGroup><UseStandIns>{useStandIns}</UseStandIns></PropertyGroup></Project>\n";
}
