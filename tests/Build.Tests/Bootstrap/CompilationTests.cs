namespace Build.Tests.Bootstrap;

public sealed class CompilationTests : IDisposable
{
    private readonly ScriptedDotnet dotnet = new();

    public void Dispose() => dotnet.Dispose();

    [Fact]
    public async Task Hands_arguments_and_exit_code_through()
    {
        dotnet.Answer("run.code", "7");

        (await dotnet.RunAsync("Migrate", "--reason", "two words", "", "*"))
            .MustExitWith(7)
            .MustPrint("<Migrate><--reason><two words><><*>\n");
    }

    [Fact]
    public async Task Compiles_nothing_when_nothing_changed()
    {
        await BuildOnceAsync();

        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustNotPrint("Compiling");

        Assert.Equal("_build.dll", dotnet.TakeCalls());
    }

    [Theory]
    [InlineData("src/Part.cs")]
    [InlineData("src/Another.cs")]
    [InlineData("build/New.cs")]
    [InlineData("global.json")]
    [InlineData("Directory.Build.props")]
    [InlineData(".editorconfig")]
    [InlineData(".nuke/temp/package-set.props")]
    public async Task Compiles_again_when_a_file_that_counts_changed_or_came(string file)
    {
        await BuildOnceAsync();
        File.WriteAllText(Path.Combine(dotnet.Root, file), "<!-- changed -->");

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Theory]
    [InlineData("src/obj/generated.cs")]
    [InlineData("src/bin/Part.dll")]
    [InlineData("README.md")]
    public async Task Compiles_nothing_for_files_that_do_not_count(string file)
    {
        await BuildOnceAsync();
        var path = Path.Combine(dotnet.Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "new");

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("_build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Compiles_again_when_the_content_is_the_same_but_the_name_is_not()
    {
        await BuildOnceAsync();
        File.Move(Path.Combine(dotnet.Root, "src", "Part.cs"), Path.Combine(dotnet.Root, "src", "Moved.cs"));

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Compiles_again_when_the_assembly_is_gone()
    {
        await BuildOnceAsync();
        File.Delete(Path.Combine(dotnet.Root, "build", "bin", "Debug", "net10.0", "_build.dll"));

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Shows_the_compilers_output_and_runs_nothing_when_it_fails()
    {
        dotnet.Answer("build.out", "Part.cs(1,1): error CS1002: ; expected");

        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(1)
            .MustPrint("Part.cs(1,1): error CS1002: ; expected\nbuild/_build.csproj could not be compiled.\n");
        Assert.Equal("restore build", dotnet.TakeCalls());

        dotnet.Withdraw("build.out");
        (await dotnet.RunAsync("Migrate")).MustExitWith(0);
        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Runs_the_assembly_where_the_project_says_that_it_lies()
    {
        dotnet.Answer("output.folder", "build/bin/Debug");
        await BuildOnceAsync();

        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustPrint("<Migrate>\n").MustNotPrint("Compiling");

        Assert.Equal("_build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Takes_the_assembly_that_was_made_last_and_leaves_none_of_before()
    {
        await BuildOnceAsync();
        dotnet.Answer("output.folder", "build/bin/Debug");
        File.WriteAllText(Path.Combine(dotnet.Root, "Directory.Build.props"), "<!-- another package set -->");

        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustPrint("<Migrate>\n");

        Assert.False(Directory.Exists(Path.Combine(dotnet.Root, "build", "bin", "Debug", "net10.0")));
    }

    [Fact]
    public async Task Two_at_once_compile_once()
    {
        dotnet.Answer("hold", string.Empty);
        using var first = Support.RunningBuild.Start(dotnet.Command("First"));
        while (!dotnet.IsCompiling)
        {
            await Task.Delay(20, Token);
        }

        using var second = Support.RunningBuild.Start(dotnet.Command("Second"));
        await second.UntilPrintedAsync("Another ./build.sh is compiling: waiting for it", Token);
        dotnet.Withdraw("hold");

        (await first.EndAsync(Token)).MustExitWith(0).MustPrint("<First>\n");
        (await second.EndAsync(Token)).MustExitWith(0).MustPrint("<Second>\n").MustNotPrint("Compiling");
        Assert.Equal("restore build _build.dll _build.dll", dotnet.TakeCalls());
    }

    private async Task BuildOnceAsync()
    {
        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustPrint("Compiling the build …\n");
        Assert.Equal("restore build _build.dll", dotnet.TakeCalls());
    }
}
