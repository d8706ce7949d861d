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
    public async Task Compiles_again_when_a_file_of_the_same_size_and_time_is_another()
    {
        await BuildOnceAsync();
        var file = Path.Combine(dotnet.Root, "src", "Part.cs");
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, File.ReadAllText(file).Replace("Part", "Trap", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, time);

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Compiles_nothing_for_a_file_that_was_written_again_as_it_was_and_reads_it_once()
    {
        await BuildOnceAsync();
        var file = Path.Combine(dotnet.Root, "src", "Part.cs");
        File.WriteAllText(file, File.ReadAllText(file));

        (await dotnet.RunAsync("Migrate")).MustExitWith(0);
        var state = File.ReadAllLines(Path.Combine(dotnet.Root, ".nuke", "temp", "bootstrap"));
        File.WriteAllLines(
            Path.Combine(dotnet.Root, ".nuke", "temp", "bootstrap"), ["a fingerprint that no content has", .. state.Skip(1)]);
        (await dotnet.RunAsync("Migrate")).MustExitWith(0);

        Assert.Equal("_build.dll _build.dll", dotnet.TakeCalls());
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
        File.Delete(Path.Combine(dotnet.Compiled().Single(), "Release", "net10.0", "_build.dll"));

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
    public async Task Compiles_without_the_precompiler_where_the_registry_has_none_and_asks_for_it_once()
    {
        dotnet.Answer("precompiler.out", "error NU1101: Unable to find package Microsoft.NETCore.App.Crossgen2.linux-x64.");

        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(0)
            .MustPrint(
                "Compiling the build …\nThe precompiler of .NET is not on this registry: each command takes a little longer to start\n");
        Assert.Equal("restore build build _build.dll", dotnet.TakeCalls());

        File.WriteAllText(Path.Combine(dotnet.Root, "src", "Part.cs"), "class Changed;");
        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustNotPrint("precompiler");
        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Asks_for_the_precompiler_again_after_a_registry_that_gave_nothing()
    {
        dotnet.Answer("precompiler.out", "error NU1301: Unable to load the service index for source https://x.");
        dotnet.Answer("build.out", "error NU1301: Unable to load the service index for source https://x.");
        (await dotnet.RunAsync("Migrate")).MustExitWith(1).MustNotPrint("precompiler");
        Assert.Equal("restore build build", dotnet.TakeCalls());

        dotnet.Withdraw("precompiler.out");
        dotnet.Withdraw("build.out");
        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustNotPrint("precompiler");
        Assert.Equal("build _build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Goes_without_the_precompiler_while_the_registry_gives_no_answer()
    {
        dotnet.Answer("precompiler.out", "error NU1301: Unable to load the service index for source https://x.");

        (await dotnet.RunAsync("Migrate"))
            .MustExitWith(0)
            .MustPrint("The precompiler of .NET could not be loaded: each command takes a little longer to start\n");
        dotnet.Withdraw("precompiler.out");
        dotnet.TakeCalls();
        File.WriteAllText(Path.Combine(dotnet.Root, "src", "Part.cs"), "class Changed;");
        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustNotPrint("precompiler");

        Assert.Equal("build _build.dll", dotnet.TakeCalls());
        Assert.False(File.Exists(Path.Combine(dotnet.Root, ".nuke", "temp", "no-precompiler")));
    }

    [Fact]
    public async Task Runs_the_assembly_where_the_project_says_that_it_lies()
    {
        dotnet.Answer("output.folder", "Release");
        await BuildOnceAsync();

        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustPrint("<Migrate>\n").MustNotPrint("Compiling");

        Assert.Equal("_build.dll", dotnet.TakeCalls());
    }

    [Fact]
    public async Task Takes_the_assembly_that_was_made_last_and_leaves_none_of_before()
    {
        await BuildOnceAsync();
        dotnet.Answer("output.folder", "Release");
        File.WriteAllText(Path.Combine(dotnet.Root, "Directory.Build.props"), "<!-- another package set -->");

        (await dotnet.RunAsync("Migrate")).MustExitWith(0).MustPrint("<Migrate>\n");

        Assert.False(Directory.Exists(Path.Combine(dotnet.Compiled().Single(), "Release", "net10.0")));
    }

    [Theory]
    [InlineData("class Changed;")]
    [InlineData("class Part;")]
    public async Task A_build_that_still_runs_keeps_its_files_when_another_one_is_compiled(string text)
    {
        dotnet.Answer("hold.run", string.Empty);
        using var release = Support.RunningBuild.Start(dotnet.Command("Migrate"));
        while (!dotnet.IsRunning)
        {
            await Task.Delay(20, Token);
        }

        var first = dotnet.Compiled().Single();
        File.WriteAllText(Path.Combine(dotnet.Root, "src", "Part.cs"), text);
        File.Delete(Path.Combine(dotnet.Root, ".nuke", "temp", "bootstrap"));
        using var status = Support.RunningBuild.Start(dotnet.Command("Status"));
        while (dotnet.Compiled().Count < 2)
        {
            await Task.Delay(20, Token);
        }

        dotnet.Withdraw("hold.run");
        (await release.EndAsync(Token)).MustExitWith(0);
        (await status.EndAsync(Token)).MustExitWith(0).MustPrint("<Status>\n");
        Assert.True(File.Exists(Path.Combine(first, "Release", "net10.0", "_build.dll")));

        File.WriteAllText(Path.Combine(dotnet.Root, "src", "Part.cs"), "class ChangedAgain;");
        (await dotnet.RunAsync("Status")).MustExitWith(0);
        Assert.False(Directory.Exists(first));
        Assert.Single(dotnet.Compiled());
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
